"""Write `portail_app/rules/data/common_passwords.txt`: `python tests/rules/make_common_passwords.py`.

No leaked list is copied. People build the passwords that pass « 8 characters, upper case, lower case, digit » out of
one everyday word and an ending, so the file is every word below with every ending, kept when it has 8 characters and
a digit, plus keyboard walks and well-known passwords. All is in lower case without accents: the rule compares so.
"""

from pathlib import Path

FILE = Path(__file__).parents[2] / "portail_app" / "rules" / "data" / "common_passwords.txt"

HEADER = """\
# Passwords too common to be accepted, in lower case, without accents, one per line.
# Made by tests/rules/make_common_passwords.py: everyday words with usual endings, keyboard walks, well-known ones.
# No leaked list was copied. Change the script, then run it: a test compares this file with what it makes.
"""

FRENCH = """
    motdepasse mdp secret azerty azertyuiop qsdfgh wxcvbn bonjour bonsoir salut coucou bienvenue merci soleil lune
    etoile chocolat vanille caramel fraise framboise citron orange banane cerise nounours doudou loulou chouchou
    chaton minou chien chat lapin cheval poney dauphin licorne papillon coccinelle tigre lion panda ours loup maman
    papa mamie papy famille enfant enfants bebe amour jetaime jtm monamour princesse prince ange coeur bisous
    football rugby tennis judo danse musique guitare piano vacances plage montagne neige ete hiver printemps automne
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre paris marseille lyon toulouse nantes lille bordeaux geneve france bretagne savoie
    ecole cantine garderie mairie commune portail famille portailfamille periscolaire parent parents maison jardin
    voiture moto camion tracteur pompier police liberte egalite fraternite napoleon asterix obelix tintin psg om ol
    asse bellegarde annecy gex pays ain
"""
NAMES = """
    nicolas julien thomas alexandre antoine maxime pierre guillaume romain sebastien mathieu clement vincent olivier
    benjamin kevin anthony jeremy florian quentin lucas hugo louis gabriel raphael arthur jules adam nathan enzo leo
    camille marie julie laura manon lea emma chloe sarah pauline mathilde marine charlotte oceane celine aurelie
    sophie isabelle nathalie sandrine stephanie caroline virginie elodie emilie audrey jade louise alice lina ines
    mohamed mehdi karim yasmine fatima martin bernard dupont durand
"""
ENGLISH = """
    password passw0rd pass passe p@ssword p@ssw0rd pa$$word login admin administrator root user guest test demo
    welcome letmein changeme default master monkey dragon shadow sunshine princess superman batman spiderman
    starwars pokemon pikachu minecraft fortnite football baseball basketball soccer hockey iloveyou lovely love
    trustno1 whatever freedom ninja hunter killer jordan michael jennifer jessica ashley daniel charlie buster
    tigger ginger summer winter spring autumn flower cookie cheese pepper purple qwerty qwertyuiop asdfgh zxcvbn abc
    abcd abcde abcdef google facebook samsung iphone apple computer internet windows linux microsoft hello secure
    mustang ferrari porsche harley yamaha
"""
ENDINGS = """
    0 1 2 3 4 5 7 8 9 00 01 07 10 11 12 13 69 75 77 99 007 123 321 777 1234 12345 123456 1! 12! 123! 1234! 1? 1. @1
    @123 !1 1* *1 _1 -1 01200 74000
"""
YEARS = (2000, 2010, *range(2020, 2029))
WELL_KNOWN = """
    12345678 123456789 1234567890 0123456789 87654321 987654321 0987654321 11111111 00000000 88888888 12341234
    11223344 12344321 123123123 123321123 147258369 159357456 741852963 963852741 123456abc abc123456 abc12345
    abcd1234 abcde123 a1b2c3d4 a1b2c3d4e5 1a2b3c4d 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 zaq12wsx q1w2e3r4 qwer1234
    qwerty12 1qaz2wsx3edc 1a2z3e4r 1a2z3e4r5t 1aqwzsx2 1aqw2zsx 2wsx1aqw aqw123456 azer1234 azerty12 azeazeaze
    aze123456 a123456789 a1z2e3r4 a1z2e3r4t5 aqwzsxedc 1aqwzsxedc azertyui azertyuiop qwertyui qwertyuiop asdfghjkl
    qsdfghjklm qsdfghjk wxcvbn123 wxcvbn1234 password motdepasse iloveyou sunshine princess football baseball
    superman trustno1 computer internet michelle jennifer jesuisla toutvabien jetaime2 monmotdepasse monmotdepasse1
    motdepasse1234 mdp12345 mdp123456 mot2passe motdepass1 administrateur administrator changezmoi changeme1
    bienvenue1 letmein1 welcome1 welcome123 p@ssw0rd p@ssw0rd1 passw0rd1 aaaaaaaa aaaaaaa1 aaaa1111 aaaaaa1!
    abcdefgh abcdefg1 abcdefgh1 abcdefghi test1234 testtest1 azerty123456789
"""


def made() -> str:
    """Return the whole text of the file."""
    words = sorted({*FRENCH.split(), *NAMES.split(), *ENGLISH.split()})
    endings = [*ENDINGS.split(), *(str(year) for year in YEARS), *(f"{year}!" for year in range(2024, 2029))]
    built = {word + ending for word in words for ending in endings}
    kept = {password for password in built if len(password) >= 8 and any(c.isdecimal() for c in password)}
    return HEADER + "".join(f"{password}\n" for password in sorted(kept | set(WELL_KNOWN.split())))


if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")

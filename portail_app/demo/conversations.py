"""The words of the demo: messages, menus and forms."""

# Who writes ("" is the family), how many days ago, at what hour, and what.
Said = tuple[str, int, int, int, str]

CONVERSATIONS: tuple[tuple[str, str, tuple[Said, ...]], ...] = (
    (
        "Perrin",
        "Doudou oublié à la garderie",
        (
            ("", 6, 19, 12, "Bonjour, Léo a oublié son lapin gris à la garderie ce soir. L’avez-vous vu ?"),
            ("animateur", 5, 8, 5, "Bonjour, il a dormi bien au chaud dans le coin lecture. Il vous attend !"),
            ("", 5, 8, 20, "Merci mille fois, la soirée a été longue."),
        ),
    ),
    (
        "Perrin",
        "Sortie à la médiathèque",
        (
            (
                "animateur",
                2,
                16,
                30,
                (
                    "Bonjour, mercredi nous allons à la médiathèque à pied. Merci de prévoir de bonnes chaussures "
                    "et un vêtement de pluie."
                ),
            ),
        ),
    ),
    (
        "Martin",
        "Attestation pour mon employeur",
        (
            (
                "",
                11,
                12,
                45,
                "Bonjour, mon employeur me demande une attestation de frais de garde. Comment l’obtenir ?",
            ),
            ("agent", 10, 9, 30, "Bonjour Madame, nous vous l’envoyons par courrier cette semaine."),
        ),
    ),
    (
        "Moreau",
        "Semaines de garde",
        (
            ("", 20, 20, 2, "Bonjour, Zoé sera chez moi les semaines impaires. Les factures seront bien séparées ?"),
            ("agent", 19, 10, 15, "Bonjour, oui : chacun reçoit la facture de ses semaines, et elle seule."),
        ),
    ),
    (
        "Nguyễn",
        "Nouvelle personne autorisée",
        (("", 1, 21, 40, "Bonjour, ma sœur Nguyễn Thị Lan pourra venir chercher les enfants dès lundi. Merci !"),),
    ),
    (
        "Rakotondrabe",
        "Difficulté de paiement",
        (
            ("", 15, 18, 10, "Bonjour, le mois est difficile. Puis-je payer en deux fois ?"),
            (
                "regisseur",
                14,
                11,
                0,
                "Bonjour, oui. Passez en mairie, nous trouverons un échéancier qui vous convient.",
            ),
        ),
    ),
    (
        "Шевченко",
        "Merci",
        (("", 3, 17, 25, "Добрий день ! Merci pour l’accueil de Данило et Соломія, ils aiment la cantine."),),
    ),
    (
        "Girod",
        "Horaire de la garderie",
        (
            ("", 4, 7, 58, "Bonjour, serait-il possible d’ouvrir la garderie à 7 h 10 ? Mon train part à 7 h 25."),
            ("agent", 3, 14, 20, "Bonjour, nous posons la question à l’équipe et vous répondons vendredi."),
        ),
    ),
)

DISHES = (
    "Velouté de potiron\nParmentier de lentilles\nComté\nPomme",
    "Carottes râpées\nRôti de dinde, haricots verts\nYaourt nature\nCompote de poires",
    "Salade de betteraves\nFilet de colin, riz\nTomme de Savoie\nClémentine",
    "Soupe de légumes\nLasagnes aux épinards\nFromage blanc au miel",
    "Céleri rémoulade\nPoulet rôti, purée maison\nBleu de Gex\nBanane",
    "Taboulé\nOmelette aux fines herbes, ratatouille\nPetit-suisse\nRaisin",
    "Endives aux noix\nBœuf bourguignon, pommes vapeur\nŒuf au lait",
    "Chou rouge aux pommes\nCouscous aux légumes et pois chiches\nBrie\nKiwi",
    "Macédoine\nSaumon, coquillettes\nReblochon\nTarte aux pommes",
    "Potage vert\nDiots de Savoie, polenta\nFaisselle\nPoire",
    "Salade verte\nGratin de crozets aux poireaux\nMousse au chocolat",
    "Concombre à la menthe\nCurry de légumes, riz\nChèvre\nAnanas",
)

FORMS: tuple[tuple[str, str, dict[str, tuple[str, ...]]], ...] = (
    (
        "reglement-interieur.pdf",
        "Règlement intérieur des services périscolaires",
        {
            "Réserver": (
                (
                    "Un repas se réserve deux jours ouvrés à l’avance, avant 10 h. La garderie se réserve la veille "
                    "ouvrée, avant 17 h. Le mercredi se réserve le jeudi de la semaine précédente, avant 12 h."
                ),
            ),
            "Prévenir d’une absence": (
                (
                    "Une absence déclarée dans les délais n’est pas facturée. Une absence pour raison médicale est "
                    "justifiée par un certificat, joint dans le portail ou remis à la mairie."
                ),
            ),
            "Venir chercher un enfant": (
                (
                    "Seules les personnes inscrites sur la fiche de l’enfant peuvent venir le chercher, sur "
                    "présentation d’une pièce d’identité."
                ),
            ),
        },
    ),
    (
        "fiche-sanitaire.pdf",
        "Fiche sanitaire de liaison",
        {
            "L’enfant": ("Nom et prénom : ………………………………………", "Né(e) le : ………………………………………"),
            "Sa santé": (
                "Médecin traitant : ………………………………………",
                "Allergies, traitement en cours : ………………………………………",
                "Projet d’accueil individualisé (PAI) :   oui   non",
            ),
            "Signature du responsable": ("Fait à ……………………… le ………………………",),
        },
    ),
    (
        "autorisation-personne.pdf",
        "Autoriser une personne à venir chercher mon enfant",
        {
            "La personne autorisée": ("Nom et prénom : ………………………………………", "Téléphone : ………………………………………"),
            "L’enfant": ("Nom et prénom : ………………………………………", "Du ……………………… au ………………………"),
            "Signature du responsable": ("Fait à ……………………… le ………………………",),
        },
    ),
    (
        "mandat-prelevement.pdf",
        "Demander le prélèvement automatique",
        {
            "Comment faire": (
                (
                    "Remplissez ce formulaire, joignez un relevé d’identité bancaire et rapportez-les à la mairie. "
                    "Le prélèvement a lieu le 20 de chaque mois."
                ),
            ),
            "Le titulaire du compte": ("Nom et prénom : ………………………………………", "IBAN : ………………………………………"),
            "Signature": ("Fait à ……………………… le ………………………",),
        },
    ),
)

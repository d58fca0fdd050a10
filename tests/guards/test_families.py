"""One family against another, through every service and every handler: foreign and absent are the same thing."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from portail_app.access import Actor, Role
from portail_app.errors import NotAllowed, NotSignedIn, Refused
from tests import factories as make
from tests.guards import database
from tests.guards.attempts import ATTEMPTS, PARENTS, handlers, short
from tests.guards.conftest import Town
from tests.guards.scene import Scene, build
from tests.guards.service_attempts import ACTS, OF_ONESELF, WITHOUT_ACTOR, public_functions
from tests.portal import using

ABSENT = 1_999_999


@pytest.fixture(scope="module")
def written(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """Write the scene once: nothing here may change it."""
    file = tmp_path_factory.mktemp("families") / "portail.db"
    shutil.copy(sqlite_template, file)
    with using(f"sqlite:///{file}", file.parent):
        return file, build()


@pytest.fixture
def scene(written: tuple[Path, Scene], use_settings: Callable[..., None]) -> Iterator[Scene]:
    file, scene = written
    with using(f"sqlite:///{file}", file.parent):
        use_settings(environment="test")  # in the demo, agents read the e-mails
        yield scene


@pytest.fixture
def content(written: tuple[Path, Scene]) -> Callable[[], list[str]]:
    return lambda: database.content(written[0])


def test_every_public_function_of_a_service_has_its_line() -> None:
    assert sorted(public_functions().keys() ^ (ACTS.keys() | OF_ONESELF | WITHOUT_ACTOR)) == []


def test_every_handler_of_families_takes_an_attempt() -> None:
    served = {name for name, attempt in ATTEMPTS.items() if attempt.allowed == PARENTS}
    assert served == {short(n) for n, h in handlers().items() if ".family." in h.handler.fn.__module__}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_foreign_parent_gets_nothing_of_the_family_and_changes_nothing(
    scene: Scene, content: Callable[[], list[str]], name: str
) -> None:
    before = content()
    outcome = _ask(name, scene.nguyen.responsable, scene)
    assert _betrayed(outcome, scene) == []
    assert not ACTS[name].refused or isinstance(outcome, Refused), outcome
    assert content() == before


@pytest.mark.parametrize("name", sorted(ACTS))
def test_what_is_foreign_answers_exactly_like_what_does_not_exist(scene: Scene, name: str) -> None:
    absent = replace(
        scene,
        perrin=replace(scene.perrin, id=ABSENT, child_id=ABSENT),
        pending_id=ABSENT,
        absence_id=ABSENT,
        loose_paper_id=ABSENT,
        joined_paper_id=ABSENT,
        invoice_id=ABSENT,
    )
    foreign = _ask(name, scene.nguyen.responsable, scene)
    assert str(foreign) == str(_ask(name, scene.nguyen.responsable, absent))
    assert not isinstance(foreign, Refused) or isinstance(foreign, NotAllowed)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_before_the_first_password_is_changed_nothing_opens(
    scene: Scene, content: Callable[[], list[str]], name: str
) -> None:
    before = content()
    outcome = _ask(name, scene.newcomer, scene)
    assert _betrayed(outcome, scene) == []
    assert content() == before


@pytest.mark.parametrize("name", sorted(name for name, act in ACTS.items() if act.refused))
def test_whoever_calls_the_roll_neither_decides_nor_reads_invoices(
    scene: Scene, content: Callable[[], list[str]], name: str
) -> None:
    before = content()
    assert _betrayed(_ask(name, Actor(scene.agent.account_id, Role.ANIMATOR, "Yann Le Goff"), scene), scene) == []
    assert content() == before


def test_an_invoice_addressed_to_one_adult_is_hidden_from_the_other(scene: Scene) -> None:
    invoices = public_functions()
    mine = make.invoice(scene.perrin.id, payer_id=1)
    payers = [
        _sees(invoices["invoices.one"], adult, mine) for adult in (scene.perrin.responsable, scene.perrin.conjoint)
    ]
    assert payers == [True, False]


def test_the_owner_does_get_what_the_others_are_refused(scene: Scene) -> None:
    """Prove that the attempts aim at the right things: the same calls open for the family itself."""
    for name in ("bookings.calendar_month", "documents.read", "families.family", "invoices.one", "requests.one"):
        assert _betrayed(_ask(name, scene.perrin.responsable, scene), scene) != [], name


def test_a_page_opened_on_somebody_elses_child_shows_ones_own(town: Town) -> None:
    async def look() -> None:
        async with town.page(f"/mes-enfants?enfant={town.scene.perrin.child_id}", "foreign parent") as page:
            assert page.state("children_state")["child_name"] == "Minh"
            assert town.secrets_in(page.frames) == []

    asyncio.run(look())


def _ask(name: str, actor: Actor, scene: Scene) -> object:
    try:
        return ACTS[name].call(public_functions()[name], actor, scene)
    except (Refused, NotSignedIn) as refusal:
        return refusal


def _betrayed(outcome: object, scene: Scene) -> list[str]:
    return [word for word in scene.secrets if word in repr(outcome)]


def _sees(service: Callable[..., object], actor: Actor, number: int) -> bool:
    try:
        service(actor, number)
    except NotAllowed:
        return False
    return True

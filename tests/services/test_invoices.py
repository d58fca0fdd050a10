"""« Factures impayées »: what is owed, by whom it is seen, and the paper."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor, Role
from portail_app.errors import NotAllowed
from portail_app.models.people import Account
from portail_app.rules.statuses import InvoiceStatus
from portail_app.services import invoices
from portail_app.ui import french
from tests import factories as make
from tests.factories import NOW, Household
from tests.pdf.reading import text_of

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def guardian_of(actor: Actor) -> int:
    with db.reading() as session:
        found = session.exec(select(Account.guardian_id).where(Account.id == actor.account_id)).one()
    assert found is not None
    return found


def test_what_is_owed_is_the_total_less_credit_notes_and_payments(home: Household) -> None:
    number = make.invoice(home.id, 4520)
    make.pay(home.id, number, 1000)
    make.pay(home.id, number, 500)
    make.credit(number, 565)
    make.pay(home.id, make.invoice(home.id, 900), 100)
    view = invoices.one(home.responsable, number)
    assert (view.total_cents, view.paid_cents, view.credited_cents, view.balance_cents) == (4520, 1500, 565, 2455)
    assert view.status is InvoiceStatus.PARTLY_PAID


def test_an_invoice_is_unpaid_until_its_last_cent(home: Household) -> None:
    number = make.invoice(home.id, 4520)
    make.pay(home.id, number, 4519)
    assert [view.balance_cents for view in invoices.unpaid(home.responsable)] == [1]
    make.pay(home.id, number, 1)
    assert invoices.unpaid(home.responsable) == []
    assert invoices.one(home.responsable, number).status is InvoiceStatus.PAID


def test_a_credit_note_of_the_whole_invoice_leaves_nothing_to_pay(home: Household) -> None:
    make.credit(make.invoice(home.id, 4520), 4520)
    assert invoices.unpaid(home.responsable) == []


def test_the_one_due_first_comes_first(home: Household) -> None:
    later, sooner = make.invoice(home.id, due_in=30), make.invoice(home.id, due_in=10)
    assert [view.id for view in invoices.unpaid(home.responsable)] == [sooner, later]


def test_an_invoice_is_late_the_day_after_its_due_date(home: Household, at: Frozen) -> None:
    number = make.invoice(home.id, due_in=10)
    with at(NOW + timedelta(days=10)):
        assert invoices.one(home.responsable, number).status is InvoiceStatus.UNPAID
    with at(NOW + timedelta(days=11)):
        assert invoices.one(home.responsable, number).status is InvoiceStatus.OVERDUE


def test_an_invoice_addressed_to_one_adult_is_hidden_from_the_other(home: Household, agent: Actor) -> None:
    number = make.invoice(home.id, payer_id=guardian_of(home.conjoint))
    assert [view.id for view in invoices.unpaid(home.conjoint)] == [number]
    assert invoices.unpaid(home.responsable) == []
    for read in (invoices.one, invoices.pdf):
        with pytest.raises(NotAllowed):
            read(home.responsable, number)
    assert [view.id for view in invoices.unpaid(agent, home.id)] == [number]


def test_the_invoices_of_another_family_look_absent(home: Household) -> None:
    number, stranger = make.invoice(home.id), make.nguyen().responsable
    assert invoices.unpaid(stranger) == []
    assert invoices.unpaid(stranger, home.id) == []
    for read in (invoices.one, invoices.pdf):
        for asked in (number, 424242, 0, 2**40):
            with pytest.raises(NotAllowed):
                read(stranger, asked)


@pytest.mark.parametrize("role", [Role.AGENT, Role.REGISSEUR, Role.ADMINISTRATOR])
def test_those_who_handle_money_read_the_invoices_of_a_family(home: Household, role: Role) -> None:
    number, colleague = make.invoice(home.id), make.agent("Anne Blanc", role)
    assert [view.id for view in invoices.unpaid(colleague, home.id)] == [number]
    assert invoices.unpaid(colleague) == []


def test_those_who_call_the_roll_read_no_invoice(home: Household) -> None:
    number, colleague = make.invoice(home.id), make.agent("Léo Petit", Role.ANIMATOR)
    with pytest.raises(NotAllowed):
        invoices.one(colleague, number)
    with pytest.raises(NotAllowed):
        invoices.unpaid(colleague, home.id)


def test_the_invoice_prints_with_its_number_and_what_remains_to_be_paid(home: Household) -> None:
    number = make.invoice(home.id, 4520)
    view = invoices.one(home.responsable, number)
    make.pay(home.id, number, 1000)
    name, content = invoices.pdf(home.responsable, number)
    assert name == f"facture-{view.number}.pdf"
    assert content.startswith(b"%PDF-")
    text = text_of(content).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Avoir" not in text
    for said in (f"Facture n° {view.number}", "Emma Perrin", "Cantine", "45,20 €", "35,20 €", "12 route de Collonges"):
        assert said in text


def test_the_paper_says_late_from_the_day_on_which_the_page_does(home: Household, at: Frozen) -> None:
    number = make.invoice(home.id, due_in=10)
    for days, word in ((10, "À payer"), (11, "En retard")):
        with at(NOW + timedelta(days=days)):
            view, content = invoices.one(home.responsable, number), invoices.pdf(home.responsable, number)[1]
            said = text_of(content).replace("\u00a0", " ")
            assert french.label(view.status) == word
            assert f"Facture n° {view.number} {word}" in said


def test_a_credit_note_is_printed_between_the_total_and_what_is_paid(home: Household) -> None:
    number = make.invoice(home.id, 4520)
    make.credit(number, 565)
    make.pay(home.id, number, 1000)
    text = text_of(invoices.pdf(home.responsable, number)[1]).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Total de la facture 45,20 € Avoir −5,65 € Déjà payé 10,00 € Reste à payer 29,55 €" in text

"""The calendar of one child: a month as a grid on a wide screen, a list by day on a phone, one menu for both.

``assets/calendar.js`` adds the gestures (right click, long press, arrow keys); it reads what a cell says in its
``data-`` attributes.
"""

import reflex as rx

from portail_app.pages.family.children_state import ChildrenState
from portail_app.pages.family.day_menu import absence_dialog, day_menu
from portail_app.pages.family.month_texts import ABSENCE_CONFLICTS, BOOKING_CONFLICTS, WORDS, DayTexts, RowTexts
from portail_app.rules.cells import CellMark
from portail_app.ui import components as c
from portail_app.ui.icons import icon

S = ChildrenState


def calendar() -> rx.Component:
    """Show the month of the chosen child, with its gestures."""
    return rx.el.section(
        rx.el.div(
            _month_link(S.previous_href, "left", "Mois précédent"),
            rx.el.h2(S.month_name, class_name="month-name", aria_live="polite"),
            _month_link(S.next_href, "right", "Mois suivant"),
            class_name="month-nav",
        ),
        rx.cond(
            S.rows.length() > 0,
            rx.fragment(_grid(), _list(), c.legend(), _rules()),
            c.empty_state(
                "Aucune inscription ce mois-ci",
                "Pour inscrire votre enfant à une prestation, écrivez à la mairie ou appelez-la.",
                icon_name="calendar",
            ),
        ),
        day_menu(),
        absence_dialog(),
        class_name="calendar",
        aria_label="Calendrier",
    )


def _month_link(href: rx.Var, icon_name: str, words: str) -> rx.Component:
    return rx.el.a(icon(icon_name), rx.el.span(words, class_name="sr-only"), href=href, class_name="icon-button")


def _grid() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.el.span("Prestation", class_name="sr-only"), role="columnheader", class_name="month-service"
                ),
                rx.foreach(S.days, _column_head),
                role="row",
                class_name="month-row month-head",
            ),
            rx.foreach(S.rows, _row),
            role="grid",
            aria_label="Calendrier de " + S.child_name + ", " + S.month_name,
            class_name="month-grid",
        ),
        class_name="month-room only-wide",
    )


def _column_head(day: DayTexts) -> rx.Component:
    return rx.el.div(
        rx.el.span(day["initial"], class_name="day-initial", aria_hidden="true"),
        rx.el.span(day["number"], class_name="day-number", aria_hidden="true"),
        rx.el.span(day["name"], class_name="sr-only"),
        rx.cond(day["note"] != "", rx.el.span(rx.el.span(day["note"]), class_name="day-note")),
        role="columnheader",
        class_name="month-day " + day["look"],
    )


def _row(row: RowTexts, i: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.div(row["name"], role="rowheader", class_name="month-service"),
        rx.foreach(
            S.days,
            lambda day, j: rx.el.div(
                _day_button(row, day, i, j, tab_index=rx.cond((i == 0) & (j == 0), 0, -1)),
                role="gridcell",
                class_name="month-cell " + day["look"] + rx.cond(row["closed"][j] != 0, " is-shut", ""),
            ),
        ),
        role="row",
        class_name="month-row",
    )


def _day_button(row: RowTexts, day: DayTexts, i: rx.Var[int], j: rx.Var[int], **props: object) -> rx.Component:
    """Make the button of one service on one day: its mark to see, its whole story to hear and for the menu."""
    letter = S.marks[i][j]
    return rx.el.button(
        rx.el.span(class_name="mark mark-" + letter, aria_hidden="true"),
        type="button",
        class_name="day-button",
        aria_label=S.child_name + ", " + row["name"] + ", " + day["name"] + " : " + _state(row, letter, j),
        aria_haspopup="menu",
        custom_attrs=_story(row, day, letter, j),
        **props,
    )


def _state(row: RowTexts, letter: rx.Var[str], j: rx.Var[int]) -> rx.Var[str]:
    """Say the state of a cell and the limit that matters in it."""
    book, absence, closed = (_sentence(row[name][j]) for name in ("book", "absence", "closed"))
    word = _look_up(WORDS, letter)
    limit = rx.match(
        letter,
        (str(CellMark.NOTHING), ", réservation " + book[1:]),
        (str(CellMark.BOOKING_REFUSED), ", réservation " + book[1:]),
        (str(CellMark.RESERVED), ", absence " + absence[1:]),
        "",
    )
    return rx.cond((closed != "") & (letter == " "), closed, word + limit.to(str))


def _story(row: RowTexts, day: DayTexts, letter: rx.Var[str], j: rx.Var[int]) -> dict[str, rx.Var]:
    """Give calendar.js what the menu says: ``+`` before a limit that is open, ``-`` before a reason."""
    return {
        "data-cell": row["id"] + ":" + day["on"],
        "data-service": row["name"],
        "data-day": day["name"],
        "data-state": rx.cond(row["closed"][j] != 0, _sentence(row["closed"][j]), _look_up(WORDS, letter)),
        "data-book": _choice(BOOKING_CONFLICTS, letter, _sentence(row["book"][j])),
        "data-absence": _choice(ABSENCE_CONFLICTS, letter, _sentence(row["absence"][j])),
    }


def _choice(conflicts: dict[str, str], letter: rx.Var[str], limit: rx.Var[str]) -> rx.Var[str]:
    """Return the conflict of the mark, or the limit of the day when the mark leaves the act open."""
    conflict = _look_up(conflicts, letter)
    return rx.cond((conflict != "") & limit.startswith("+"), "-" + conflict, limit)


def _sentence(number: rx.Var[int]) -> rx.Var[str]:
    return S.sentences[number]


def _look_up(words: dict[str, str], letter: rx.Var[str]) -> rx.Var[str]:
    return rx.Var.create(words)[letter].to(str)


def _list() -> rx.Component:
    return rx.el.div(
        rx.cond(
            S.past.length() > 0,
            rx.el.details(
                rx.el.summary("Jours passés de ce mois"),
                rx.el.ol(rx.foreach(S.past, _day_card), class_name="day-list"),
                class_name="past-days",
            ),
        ),
        rx.el.ol(rx.foreach(S.upcoming, _day_card), class_name="day-list"),
        rx.cond(S.upcoming.length() == 0, rx.el.p("Aucun jour ouvert à venir ce mois-ci.", class_name="quiet-text")),
        class_name="only-narrow",
    )


def _day_card(j: rx.Var[int]) -> rx.Component:
    day = S.days[j].to(DayTexts)
    return rx.el.li(
        rx.el.h3(day["name"], class_name="day-name"),
        rx.el.div(
            rx.foreach(S.rows, lambda row, i: rx.cond(row["closed"][j] == 0, _line(row, day, i, j))),
            class_name="day-services",
        ),
        class_name="day-card " + day["look"],
    )


def _line(row: RowTexts, day: DayTexts, i: rx.Var[int], j: rx.Var[int]) -> rx.Component:
    letter = S.marks[i][j]
    return rx.el.button(
        rx.el.span(row["name"], class_name="line-service"),
        rx.el.span(
            rx.el.span(class_name="mark mark-" + letter, aria_hidden="true"),
            rx.el.span(_look_up(WORDS, letter)),
            class_name="line-state",
        ),
        rx.el.span(_line_limit(row, letter, j), class_name="line-limit"),
        type="button",
        class_name="day-line",
        aria_haspopup="menu",
        custom_attrs=_story(row, day, letter, j),
    )


def _line_limit(row: RowTexts, letter: rx.Var[str], j: rx.Var[int]) -> rx.Var[str]:
    book, absence = _sentence(row["book"][j]), _sentence(row["absence"][j])
    return rx.match(
        letter,
        (str(CellMark.NOTHING), "Réservation " + book[1:]),
        (str(CellMark.BOOKING_REFUSED), "Réservation " + book[1:]),
        (str(CellMark.RESERVED), "Absence " + absence[1:]),
        "",
    )


def _rules() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Jusqu’à quand réserver ?"),
        rx.el.ul(rx.foreach(S.rows, lambda row: rx.el.li(rx.el.strong(row["name"]), " : ", row["rule"], "."))),
        class_name="deadline-rules",
    )

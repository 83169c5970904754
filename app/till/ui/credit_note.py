"""A credit note on the screen and on paper, and what came back of an order on its page."""

import htpy as h

from app.domain.money import format_money
from app.domain.note_paper import note_paper
from app.domain.returning import CreditNote, GivenBack, Refund, Voided
from app.till.events.returning import NoteLeft, NoteOpened
from app.till.returned import NoteRow
from app.till.ui.language import t
from app.till.ui.marks import note_marks
from app.till.ui.parts import click, icon, key, note, total_row
from app.till.ui.printing import Press, invoice_paper, paper_button, print_problem
from app.till.ui.words import moment

LOCALLY = "Credit note saved locally — will sync when online."


def credit_note(*, row: NoteRow | None, made: bool, reprint: int, footer: str, press: Press) -> h.Element:
    """The note that was just made, or one of the list."""
    if row is None:
        return h.div(".page")[_leave(made=False)]
    locally = h.p("#note-locally.note.green", role="status")[icon("hard-drive"), h.span[t(LOCALLY)]]
    head = (
        h.div(".saved-head")[icon("circle-check", large=True), h.h1("#note-title")[t("Credit note saved")]]
        if made
        else h.h1("#note-title.num")[row.note.number]
    )
    return h.div(".saved")[
        h.section(".saved-words", aria_labelledby="note-title")[
            h.div(".stack")[
                None if made else h.div[_leave(made=False)],
                head,
                locally if made and row.note.offline else None,
                h.p(".row.tight")[note_marks(row)] if not made else None,
                note(t(row.why), tone="amber", name="triangle-alert", id_="note-why") if row.why else None,
                _given(row.note.refunds, row.note.refunded),
            ],
            h.div(".stack.tight")[*_print(row.note.id, press), _leave(made=True) if made else None],
        ],
        invoice_paper(note_paper(row.note), press=press, reprint=reprint, footer=footer),
    ]


def _given(refunds: tuple[Refund, ...], total: int) -> h.Element:
    return h.div(".stack.tight")[
        total_row(t("Give back"), total, id_="note-refund", change=True),
        h.ul(".brief", role="list")[[h.li[_refund(each)] for each in refunds]] if refunds else None,
    ]


def _refund(each: Refund) -> str:
    reference = f" · {each.shown}" if each.shown else ""
    return f"{each.name} · {format_money(each.amount)}{reference}"


def _print(note_id: str, press: Press) -> tuple[h.Element | None, ...]:
    button = paper_button(id_="print-note", words=t("Print credit note"), paper_id=note_id, press=press)
    return print_problem(order_id=note_id, press=press), button


def _leave(*, made: bool) -> h.Element:
    if made:
        button = h.button("#note-done.button.primary.big", click(NoteLeft), type="button", data_focus=True)
        return button[t("Done"), key("Enter")]
    return h.button("#note-back.button.plain", click(NoteLeft), type="button", data_key="Escape")[
        icon("arrow-left"), t("Orders")
    ]


def back_of(back: GivenBack, zone: str) -> h.Element:
    """What came back of an order, on its page: when, why, by whom, and where the money went."""
    title = (
        t("Voided by {name}", name=back.approved_by or back.staff_name)
        if isinstance(back, Voided)
        else t("Taken back by {name}", name=back.staff_name)
    )
    return h.div(".correction.came-back")[
        h.p[h.span(".strong")[title], h.span(".quiet.num")[f" · {moment(back.at, zone)}"]],
        h.p(".quiet")[back.reason],
        h.ul(role="list")[[h.li[_refund(each)] for each in back.refunds]],
        _open(back) if isinstance(back, CreditNote) else None,
    ]


def _open(note_: CreditNote) -> h.Element:
    sends = click(NoteOpened, note_id=note_.id)
    words = t("Credit note {number}", number=note_.number)
    return h.p[h.button(".row-button.num", sends, id=f"note-{note_.id}", type="button")[words]]

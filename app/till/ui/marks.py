"""The marks of orders and credit notes: how far on their way to the OMS, and what has come back."""

import htpy as h

from app.domain.returning import Standing
from app.sync.outbox import OrderState
from app.till.past import Row
from app.till.returned import NoteRow
from app.till.ui.language import t
from app.till.ui.parts import mark

MARKS = {
    OrderState.PENDING: ("amber", "clock"),
    OrderState.SYNCING: ("blue", "refresh-cw"),
    OrderState.SYNCED: ("green", "circle-check"),
    OrderState.ATTENTION: ("green", "circle-check"),
    OrderState.FAILED: ("red", "circle-alert"),
}
STANDINGS = {
    Standing.PARTLY: ("amber", "undo-2"),
    Standing.RETURNED: ("amber", "undo-2"),
    Standing.VOID: ("", "x"),
}


def order_marks(row: Row) -> list[h.Element]:
    """What has become of an order: icon, word and colour, and a second mark where somebody has to look."""
    if row.order.training:
        return [mark(t("Training"), tone="amber", name="graduation-cap")]
    marks = _sent(row.state)
    if row.amendments:
        marks.append(mark(t("Corrected"), tone="blue", name="pencil"))
    return marks


def note_marks(row: NoteRow) -> list[h.Element]:
    """The same of a credit note, and that it is one."""
    return [mark(t("Credit note"), tone="", name="undo-2"), *_sent(row.state)]


def standing_mark(stands: Standing) -> h.Element | None:
    """What has come back of an order, in a word."""
    if stands is Standing.WHOLE:
        return None
    tone, name = STANDINGS[stands]
    return mark(t(stands.value), tone=tone, name=name)


def _sent(state: OrderState) -> list[h.Element]:
    tone, name = MARKS[state]
    marks = [mark(t(state.word), tone=tone, name=name)]
    if state.mark:
        marks.append(mark(t(state.mark), tone="red", name="triangle-alert"))
    return marks

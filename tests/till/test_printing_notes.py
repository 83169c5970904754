"""Credit notes at the receipt printer: the first one is the original, each further one is counted and written down."""

import pytest

from app.domain.returning import CreditNote
from app.till.ports import PrinterState
from tests.till.test_printing import grants, printed, reprints
from tests.till.test_returning import begins, counts, gives, notes, returns
from tests.till.till import Till


@pytest.fixture
def returned(selling: Till) -> Till:
    """One of two kurtas came back, at a register with a receipt printer."""
    grants(selling).picks().picks().pays().says("SaleLeft")
    return returns(selling)


def prints(till: Till, times: int = 1, **how: str) -> CreditNote:
    note = notes(till)[0]
    for _ in range(times):
        till.says("InvoicePrinted", order_id=note.id, **how)
    return note


def test_a_credit_note_goes_to_the_printer(returned: Till) -> None:
    """The counter has one printer; the customer must not wait for the office's."""
    note = prints(returned)

    (paper,) = printed(returned)
    assert [True] * 4 == [word in paper for word in (note.number, note.original.number, "Credit Note", "Wrong size")]
    assert (0, False) == (returned.device.page.printed, "Reprint" in paper)


def test_the_second_credit_note_is_a_reprint_with_its_trace(returned: Till) -> None:
    """Two originals of one note could be claimed twice."""
    note = prints(returned, 3)

    marks = [
        (word in paper) for word, paper in zip(("Reprint", "Reprint\n", "Reprint 2\n"), printed(returned), strict=True)
    ]
    assert ([False, True, True], [note.id] * 2) == (marks, reprints(returned))


def test_after_a_restart_the_count_goes_on(returned: Till) -> None:
    """A crash must not make a second original."""
    note = prints(returned, 2)
    returned.starts_again().signs_in().says("NoteOpened", note_id=note.id)
    prints(returned)

    assert (True, [note.id] * 2) == ("Reprint 2\n" in printed(returned)[-1], reprints(returned))


@pytest.mark.parametrize("fault", [PrinterState.NONE, PrinterState.FAILED])
def test_a_note_that_did_not_come_out_was_not_printed(returned: Till, fault: PrinterState) -> None:
    """An empty roll must not make a reprint of the customer's only note; the browser is there meanwhile."""
    returned.device.printer.fault = fault
    note = prints(returned)
    told, before = returned.state.printing.problem, note.id in returned.state.printed
    prints(returned, by="page")

    assert (True, False, True, []) == (bool(told), before, note.id in returned.state.printed, reprints(returned))


def test_an_exchange_comes_out_as_two_papers(selling: Till) -> None:
    """As from the browser: the invoice, and behind it the credit note that paid it, each cut off."""
    grants(selling).picks().picks().pays().says("SaleLeft")
    gives(counts(begins(selling, exchange=True))).picks("shirt", "shirt-m").pays()
    selling.says("InvoicePrinted", order_id=selling.orders()[-1].id)

    (paper,) = printed(selling)
    invoice, note = paper.split("Credit Note\n")
    assert [True, True, True] == [
        selling.orders()[-1].number in invoice, f"Credit note {notes(selling)[0].number}" in invoice,
        notes(selling)[0].number in note,
    ]  # fmt: skip

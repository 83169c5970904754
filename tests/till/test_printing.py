"""Paper and drawer at the till: what is sent to a receipt printer, what counts as printed, and what leaves a trace."""

import pytest

from app.domain.shift import DrawerOpened
from app.sync.bodies import Drawer, Reprint, Sale
from app.till.flow.printing import NO_DRAWER, NO_REASON, UNPLUGGED
from app.till.past import fitting
from app.till.ports import PrinterState
from app.till.shifts import open_shift
from app.till.state import Screen
from tests.domain.printer import Printer
from tests.till.till import Till


def grants(till: Till, name: str = "TM-T20") -> Till:
    """Let a person choose a receipt printer in the browser's dialog."""
    till.device.printer.name = name
    return till.says("PrinterPicked")


def prefers(till: Till, **choices: str) -> Till:
    for name, value in choices.items():
        till.says("PreferenceChosen", name=name, value=value)
    return till


def sells(till: Till, tender: str = "cash") -> str:
    """Sell one kurta; return the order's id."""
    till.says("ScreenOpened", screen="sell").picks().pays(tender)
    return till.orders()[-1].id


def printed(till: Till) -> list[str]:
    """What came out of the receipt printer, each time as text."""
    return [Printer(48).reads(data).paper for data in till.device.printer.fed]


def kicks(till: Till) -> int:
    return sum(Printer().reads(data).kicks for data in till.device.printer.fed)


def reprints(till: Till) -> list[str]:
    return [body.order_id for body in till.bodies() if isinstance(body, Reprint)]


def openings(till: Till) -> list[DrawerOpened]:
    return [body.opened for body in till.bodies() if isinstance(body, Drawer)]


def test_a_receipt_goes_to_the_printer(selling: Till) -> None:
    """The bytes are those of this order, and no other."""
    order_id = sells(grants(selling))
    selling.says("InvoicePrinted", order_id=order_id)

    (paper,) = printed(selling)
    assert [True, True, False] == [words in paper for words in (selling.orders()[-1].number, "499.50", "Reprint")]


def test_the_second_paper_is_a_reprint_with_its_trace(selling: Till) -> None:
    """Two originals of one invoice could be claimed twice."""
    order_id = sells(grants(selling))
    for _ in range(3):
        selling.says("InvoicePrinted", order_id=order_id)

    first, second, third = printed(selling)
    assert ([order_id] * 2, False, True, True) == (
        reprints(selling),
        "Reprint" in first,
        "Reprint\n" in second,
        "Reprint 2\n" in third,
    )


def test_after_a_restart_it_is_still_a_reprint(selling: Till) -> None:
    """A crash must not make a second original; and the count goes on."""
    order_id = sells(grants(selling))
    selling.says("InvoicePrinted", order_id=order_id).says("InvoicePrinted", order_id=order_id)
    selling.starts_again().signs_in()
    selling.says("OrderOpened", order_id=order_id).says("InvoicePrinted", order_id=order_id)

    assert (True, 2) == ("Reprint 2\n" in printed(selling)[-1], len(reprints(selling)))


@pytest.mark.parametrize("fault", [PrinterState.NONE, PrinterState.FAILED])
def test_what_did_not_come_out_was_not_printed(selling: Till, fault: PrinterState) -> None:
    """A printer without paper must not turn the customer's only invoice into a reprint."""
    order_id = sells(grants(selling))
    selling.device.printer.fault = fault
    selling.says("InvoicePrinted", order_id=order_id)
    told = selling.state.printing.problem
    selling.device.printer.fault = PrinterState.READY
    selling.says("InvoicePrinted", order_id=order_id)

    (paper,) = printed(selling)
    assert ([], False, True) == (reprints(selling), "Reprint" in paper, "Saved sales are safe" in told)


def test_the_browser_prints_when_the_printer_does_not(selling: Till) -> None:
    """There is always a way to give a customer paper."""
    order_id = sells(grants(selling))
    selling.device.printer.fault = PrinterState.NONE
    selling.says("InvoicePrinted", order_id=order_id)
    problem = selling.state.printing.problem
    selling.says("InvoicePrinted", order_id=order_id, by="page")

    assert (UNPLUGGED, frozenset({order_id})) == (problem, selling.state.printed)


def test_two_quick_presses_print_once(selling: Till) -> None:
    """The second one would be an original, too: the first has not come out yet."""
    order_id = sells(grants(selling))
    press = ("InvoicePrinted", {"order_id": order_id})
    selling.says_at_once(press, press)

    assert 1 == len(printed(selling))


def test_a_sale_prints_itself_and_opens_the_drawer(selling: Till) -> None:
    """Cash at the counter: no hand is free for buttons."""
    prefers(grants(selling), prints_itself="true", opens_drawer="true", copies="2")
    sells(selling)

    (paper,) = printed(selling)
    assert (2, 1) == (paper.count("Invoice no."), kicks(selling))


def test_a_card_leaves_the_drawer_shut(selling: Till) -> None:
    """An open drawer that nobody needs is what is stolen from."""
    prefers(grants(selling), opens_drawer="true")
    sells(selling, "card")

    assert 0 == kicks(selling)


def test_selling_does_not_wait_for_a_dead_printer(selling: Till) -> None:
    """Paper runs out on the busiest day."""
    prefers(grants(selling), prints_itself="true", opens_drawer="true")
    selling.device.printer.fault = PrinterState.FAILED
    sells(selling)
    selling.says("SaleLeft")
    sells(selling)

    assert (Screen.SAVED, 2) == (selling.state.screen, len(selling.orders()))


def test_without_a_receipt_printer_the_browser_prints_by_itself(selling: Till) -> None:
    """A4 from the office printer works as well, and the next paper is a reprint."""
    order_id = sells(prefers(selling, prints_itself="true"))
    selling.says("InvoicePrinted", order_id=order_id, by="page")

    assert (1, [order_id]) == (selling.device.page.printed, reprints(selling))


def test_an_order_is_printed_from_the_list(selling: Till) -> None:
    """T11: a customer comes back for the paper; one tap, and it says what it is."""
    order_id = sells(grants(selling))
    selling.says("SaleLeft").says("ScreenOpened", screen="orders").says("OrderPrinted", order_id=order_id)

    assert ([order_id], True, Screen.ORDERS) == (
        reprints(selling),
        "Reprint" in printed(selling)[-1],
        selling.state.screen,
    )


def test_from_the_list_the_browser_prints_what_it_has_opened(selling: Till) -> None:
    """A page can only print what is on it."""
    order_id = sells(selling)
    selling.says("SaleLeft").says("ScreenOpened", screen="orders").says("OrderPrinted", order_id=order_id)

    assert (Screen.ORDER, order_id, 1, [order_id]) == (
        selling.state.screen,
        selling.state.opened_order,
        selling.device.page.printed,
        reprints(selling),
    )


def test_an_order_that_is_not_here_is_not_printed(selling: Till) -> None:
    """A message with a made-up id prints nothing and leaves no trace."""
    grants(selling).says("OrderPrinted", order_id="nothing").says("InvoicePrinted", order_id="nothing")

    assert ([], []) == (printed(selling), reprints(selling))


def test_the_drawer_opens_with_a_reason_and_a_trace(selling: Till) -> None:
    """Every opening without a sale is asked about by an auditor: who, when, why."""
    grants(selling).says("ShiftBegun", amount="100").says("DrawerAsked", reason=" Change for a customer ")

    (opened,) = openings(selling)
    shift = open_shift(selling.state)
    assert ("Asha", "Change for a customer", 1) == (opened.staff_name, opened.reason, kicks(selling))
    assert shift is not None
    assert (opened,) == shift.drawer


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_the_drawer_stays_shut(selling: Till, reason: str) -> None:
    """A trace without a reason tells nothing."""
    grants(selling).says("DrawerAsked", reason=reason)

    assert (NO_REASON, 0, []) == (selling.state.printing.drawer_problem, kicks(selling), openings(selling))


def test_without_a_printer_there_is_no_drawer(selling: Till) -> None:
    """A trace of something that did not happen would be a lie."""
    selling.says("DrawerAsked", reason="Change")

    assert (NO_DRAWER, []) == (selling.state.printing.drawer_problem, openings(selling))


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_what_cannot_be_written_down_opens_nothing(selling: Till, fault: str) -> None:
    """First the trace, then the drawer: never the other way round."""
    grants(selling)
    selling.device.disk.faults = [fault]
    selling.says("DrawerAsked", reason="Change")

    assert (0, True) == (kicks(selling), bool(selling.state.printing.drawer_problem))


def test_two_quick_presses_open_the_drawer_once(selling: Till) -> None:
    """And leave one trace."""
    press = ("DrawerAsked", {"reason": "Change"})
    grants(selling).says_at_once(press, press)

    assert (1, 1) == (kicks(selling), len(openings(selling)))


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("NotFoundError", "No printer was chosen."),
        ("NotAllowedError", "The printer was not allowed."),
        ("NotSupportedError", "No printer was granted (NotSupportedError)."),
        ("", "No printer was granted."),
    ],
)
def test_a_printer_that_is_refused_changes_nothing(selling: Till, why: str, said: str) -> None:
    """Somebody looked at the browser's dialog and closed it."""
    selling.says("PrinterRefused", why=why)

    assert not selling.state.preferences.drives_printer
    assert selling.state.printing.problem.startswith(f"{said} Printing goes on as before.")


def test_the_printer_is_known_again_after_a_restart(selling: Till) -> None:
    """A till that is started in the morning prints without being asked."""
    grants(selling).starts_again()

    assert ("TM-T20", PrinterState.READY) == (selling.state.preferences.printer, selling.state.printing.printer)


def test_a_printer_that_was_taken_away_is_said_so(selling: Till) -> None:
    """Found out in the morning, and not with the first customer."""
    grants(selling)
    selling.device.printer.name = ""
    selling.starts_again()

    assert (PrinterState.NONE, UNPLUGGED) == (selling.state.printing.printer, selling.state.printing.problem)


def test_a_test_print_is_no_sale(selling: Till) -> None:
    """It shows width, rupees and Hindi, and leaves no trace."""
    grants(selling).says("PrinterTried")

    assert (1, []) == (len(printed(selling)), [body for body in selling.bodies() if isinstance(body, Sale | Reprint)])


@pytest.mark.parametrize("text", ["12345", "SKU-rice-v"])
def test_a_sale_is_found_by_the_code_of_what_was_sold(selling: Till, text: str) -> None:
    """T11: the bag is brought back without its receipt; its item number or SKU finds it."""
    sells(selling, "card")
    selling.says("SaleLeft").says("ScreenOpened", screen="sell").says("ProductPicked", product_id="rice")
    selling.says("WeightTyped", value="1.25").says("ChoiceConfirmed").pays("card").says("SaleLeft")
    selling.says("ScreenOpened", screen="orders").says("OrdersFiltered", by="text", value=text)

    found = fitting(selling.state.journal, selling.state.looking_back.filter, "Asia/Kolkata")
    assert [selling.orders()[-1].id] == [row.order.id for row in found]


def test_a_scan_on_the_orders_finds_and_sells_nothing(selling: Till) -> None:
    """Somebody who looks back must not find the thing in the next customer's cart."""
    order_id = sells(selling)
    selling.says("SaleLeft").says("ScreenOpened", screen="orders").says("CodeScanned", code="SKU-kurta-v")

    found = fitting(selling.state.journal, selling.state.looking_back.filter, "Asia/Kolkata")
    assert ([order_id], 0) == ([row.order.id for row in found], len(selling.state.cart.lines))


def test_a_code_that_nothing_bears_finds_nothing(selling: Till) -> None:
    """And the answer to an older text does not come back."""
    sells(selling)
    selling.says("SaleLeft").says("ScreenOpened", screen="orders")
    for text in ("SKU-kurta-v", "zzz"):
        selling.says("OrdersFiltered", by="text", value=text)

    assert () == fitting(selling.state.journal, selling.state.looking_back.filter, "Asia/Kolkata")

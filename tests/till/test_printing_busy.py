"""While the printer is busy with one paper the next sale is made: its paper and its drawer come after that."""

import asyncio
import json

import pytest

from app.till.ports import PrinterState
from app.till.state import Screen
from tests.till.test_printing import grants, kicks, prefers, printed, reprints, sells
from tests.till.till import Till

SLOW, TURNS = 3_000, 100
"""Turns of a printer that is fed slowly, and those in which all else is done."""


@pytest.fixture
def busy(selling: Till) -> Till:
    """A register that prints each sale and opens its drawer; the printer is at a reprint of the first one."""
    order_id = sells(prefers(grants(selling), prints_itself="true", opens_drawer="true"))
    selling.device.printer.fed.clear()
    selling.device.printer.slowness = SLOW
    return meanwhile(selling.says("SaleLeft"), "InvoicePrinted", order_id=order_id)


def meanwhile(till: Till, event: str, **fields: object) -> Till:
    """Say something and let all follow but what the printer does."""

    async def say() -> None:
        till.register.receive(json.dumps({"event": event, **fields}))
        for _ in range(TURNS):
            await asyncio.sleep(0)

    till._loop.run_until_complete(say())
    return till


def sells_meanwhile(till: Till, tender: str = "cash") -> str:
    meanwhile(meanwhile(till, "ProductPicked", product_id="kurta"), "CheckoutOpened")
    meanwhile(meanwhile(till, "TenderChosen", tender_id=tender), "SaleCompleted")
    assert (Screen.SAVED, []) == (till.state.screen, printed(till))
    return till.orders()[-1].number


def test_the_next_sale_is_printed_after_it_and_its_drawer_opens(busy: Till) -> None:
    """The cashier would stand before a shut drawer with the cash in hand, and nothing would say why."""
    number = sells_meanwhile(busy)
    busy.hears()

    assert [False, True] == [number in paper for paper in printed(busy)]
    assert (1, "", frozenset(order.id for order in busy.orders())) == (
        kicks(busy), busy.state.printing.job, busy.state.printed
    )  # fmt: skip


def test_what_waits_is_the_first_paper_whatever_is_on_the_screen_by_then(busy: Till) -> None:
    """The next customer is there: the invoice of the last one must not come out as a reprint without a trace."""
    number = sells_meanwhile(busy)
    meanwhile(busy, "SaleLeft").hears()

    paper = printed(busy)[1]
    assert (True, False, [busy.orders()[0].id]) == (number in paper, "Reprint" in paper, reprints(busy))


def test_what_waits_is_printed_once(busy: Till) -> None:
    """Somebody presses for it while it waits: the first paper has not come out yet."""
    sells_meanwhile(busy)
    meanwhile(busy, "InvoicePrinted", order_id=busy.orders()[1].id).hears()

    assert 2 == len(printed(busy))


@pytest.mark.parametrize(("second", "opened"), [("cash", 2), ("card", 1)])
def test_every_sale_that_was_made_meanwhile_is_printed(busy: Till, second: str, opened: int) -> None:
    """Two short sales in the fifteen seconds of a printer that is just being switched on."""
    numbers = [sells_meanwhile(busy)]
    meanwhile(busy, "SaleLeft")
    numbers.append(sells_meanwhile(busy, second))
    busy.hears()

    assert [True, True] == [number in paper for number, paper in zip(numbers, printed(busy)[1:], strict=True)]
    assert opened == kicks(busy)


@pytest.mark.parametrize(("tender", "opened"), [("cash", 1), ("card", 0)])
def test_what_the_page_has_printed_meanwhile_only_opens_the_drawer(busy: Till, tender: str, opened: int) -> None:
    """A second original of one invoice could be claimed twice, and a reprint needs its trace."""
    number = sells_meanwhile(busy, tender)
    meanwhile(busy, "InvoicePrinted", order_id=busy.orders()[1].id, by="page").hears()

    assert (opened, False) == (kicks(busy), number in "".join(printed(busy)))


@pytest.mark.parametrize("fault", [PrinterState.NONE, PrinterState.FAILED])
def test_a_printer_that_failed_gets_nothing_more_by_itself(busy: Till, fault: PrinterState) -> None:
    """What it says would be gone at once; whoever reads it prints what is missing, and that is no reprint."""
    busy.device.printer.fault = fault
    sells_meanwhile(busy)
    busy.hears()
    told = busy.state.printing.problem
    busy.device.printer.fault = PrinterState.READY
    busy.says("InvoicePrinted", order_id=busy.orders()[1].id)

    (paper,) = printed(busy)
    assert (True, False) == ("Saved sales are safe" in told, "Reprint" in paper)

"""Builders for returns: a sale, credit notes of it as a register makes them, and the same sale voided."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from app.domain.order import Order
from app.domain.payment import Payment, TenderKind
from app.domain.pricing import add_up
from app.domain.refunding import Ways, plan, totals_of, whole
from app.domain.returning import (
    CreditNote,
    GivenBack,
    Original,
    Pick,
    Plan,
    Refund,
    ReturnedLine,
    Voided,
    come_back,
)
from tests.conftest import NOW, line, order, payment, seller, tender

CASH = tender("cash", TenderKind.CASH)
IN_COINS = Ways(100, CASH)


def sold(
    *quantities: str, price: int = 49_900, paid: tuple[Payment, ...] = (), rounding: int = 0, **more: Any
) -> Order:
    """An order with a line for each quantity, each of a variant of its own: v0, v1 …"""
    lines = [line(f"v{place}", count, price) for place, count in enumerate(quantities)]
    made = order(*lines, rounding=rounding, **more)
    return made.model_copy(update={"payments": paid or (payment(made.totals.total),)})


def pick(position: int = 0, quantity: int | str | Decimal = 1, **more: Any) -> Pick:
    return Pick(position=position, quantity=Decimal(quantity), **more)


def credit_note(
    made: Order, *picks: Pick, before: tuple[GivenBack, ...] = (), ways: Ways = IN_COINS, **more: Any
) -> CreditNote:
    """What a register writes down for these picks, given what it knows to have come back before."""
    lines = come_back(made, before, picks or [pick()])
    back = plan(made, before, add_up([each.line for each in lines]).total, ways)
    usual = {"id": f"n{len(before)}", "number": f"DS01C2627-{len(before) + 1:05d}"}
    facts = _facts(made, lines, back) | {"totals": totals_of(lines, back.amount)}
    return CreditNote(**(facts | usual | more))


def voided(made: Order, **more: Any) -> Voided:
    lines = come_back(made, (), [pick(place, line.quantity) for place, line in enumerate(made.lines)])
    return Voided(**(_facts(made, lines, whole(made)) | {"id": "void", "totals": made.totals} | more))


def refunds(sources: Iterable[Any]) -> tuple[Refund, ...]:
    return tuple(
        Refund(
            id=f"r{place}",
            payment_id=source.payment_id,
            tender_id=source.tender_id,
            name=source.name,
            kind=source.kind,
            amount=source.amount,
            reference=source.reference,
            account=source.account,
            at=NOW,
        )
        for place, source in enumerate(sources)
    )


def _facts(made: Order, lines: tuple[ReturnedLine, ...], back: Plan) -> dict[str, Any]:
    about = Original(order_id=made.id, number=made.number, business_day=made.business_day, register=made.register)
    return {
        "store": made.store,
        "register": made.register,
        "seller": seller(),
        "at": NOW,
        "business_day": made.business_day,
        "staff_id": "s1",
        "staff_name": "Asha",
        "reason": "Too small",
        "original": about,
        "offline": False,
        "inclusive": made.inclusive,
        "inter_state": made.inter_state,
        "place_of_supply": made.place_of_supply,
        "returned": lines,
        "refunds": refunds(back.sources),
    }

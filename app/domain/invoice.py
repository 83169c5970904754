"""The invoice of an order: everything that is printed, made from the order alone (CGST Rule 46).

So it is the same online, offline, and a year later; drawing it needs no further knowledge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.by_hand import off_by_reason
from app.domain.customer import Customer
from app.domain.money import format_plain
from app.domain.numbers import INDIA
from app.domain.order import Fulfilment, Order
from app.domain.payment import Payment
from app.domain.pricing import OrderLine, Totals
from app.domain.settings import Seller
from app.domain.states import state_tax, state_text
from app.domain.words import amount_in_words

PAID = "Paid"


@dataclass(frozen=True, slots=True)
class Item:
    """A line as it is printed; the sums are the order line's own."""

    position: int
    description: str
    hsn: str
    quantity: str
    unit: str
    line: OrderLine


@dataclass(frozen=True, slots=True)
class TaxRow:
    """What was sold under one HSN code at one rate, and the tax on it."""

    hsn: str
    rate: int
    cess_rate: int
    value: int
    cgst: int
    sgst: int
    igst: int
    cess: int

    @property
    def tax(self) -> int:
        return self.cgst + self.sgst + self.igst + self.cess


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it is printed: the reference ties the invoice to the bank's statement."""

    name: str
    amount: int
    received: int
    change: int
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reduction:
    """What was taken off under one name, minor units."""

    name: str
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class Invoice:
    title: str
    offline: bool
    training: bool
    """Practice: the paper says that it is no invoice."""
    number: str
    day: date
    at: datetime
    """In Indian time."""
    seller: Seller
    seller_state: str
    buyer: Customer | None
    delivery_address: str
    """Where the goods go, when that is not the counter."""
    items: tuple[Item, ...]
    reductions: tuple[Reduction, ...]
    """What was taken off, by name: a discount counts for the tax when the invoice shows it."""
    totals: Totals
    taxes: tuple[TaxRow, ...]
    state_tax: str
    """SGST or UTGST."""
    inter_state: bool
    inclusive: bool
    in_words: str
    place_of_supply: str
    reverse_charge: str
    payments: tuple[Paid, ...]
    staff: str
    notes: str
    signatory: str
    register: str
    order_id: str
    number_word: str = "Invoice no."
    paid_word: str = PAID
    """What stands over the payments: on a credit note they went the other way."""
    more: tuple[tuple[str, str], ...] = ()
    """Further facts, by their name: on a credit note the invoice that it is about."""

    @property
    def buyer_state(self) -> str:
        return state_text(self.buyer.state_code) if self.buyer else ""

    @property
    def change(self) -> int:
        """What went back to the customer, minor units."""
        return sum(paid.change for paid in self.payments)


def invoice_of(order: Order) -> Invoice:
    """Lay an order out as its invoice."""
    return Invoice(
        title=title_of(order),
        offline=order.offline,
        training=order.training,
        number=order.number,
        day=order.business_day,
        at=order.at.astimezone(INDIA),
        seller=order.seller,
        seller_state=state_text(order.seller.state_code),
        buyer=order.customer,
        delivery_address=_delivered_to(order),
        items=tuple(item_of(position, line) for position, line in enumerate(order.lines, start=1)),
        reductions=reductions_of(order),
        totals=order.totals,
        taxes=tax_summary(order.lines),
        state_tax=state_tax(order.place_of_supply),
        inter_state=order.inter_state,
        inclusive=order.inclusive,
        in_words=amount_in_words(order.totals.total),
        place_of_supply=state_text(order.place_of_supply),
        reverse_charge="Yes" if order.reverse_charge else "No",
        payments=(*(_paid(payment) for payment in order.payments), *_credited(order)),
        staff=order.sales_employee or order.staff_name,
        notes=order.notes,
        signatory=order.seller.legal_name or order.seller.name,
        register=f"{order.store}-{order.register}",
        order_id=order.id,
    )


def reductions_of(order: Order) -> tuple[Reduction, ...]:
    """What promotions took off, then what people did, by reason; it adds up to the discounts of the lines."""
    promoted = [Reduction(each.name, each.code, each.amount) for each in order.promotions]
    return (*promoted, *(Reduction(reason, "", amount) for reason, amount in off_by_reason(order.discounts)))


def _credited(order: Order) -> Iterator[Paid]:
    """What an exchange counted, beside what was paid."""
    if order.credit is not None:
        name = f"Credit note {order.credit.number}"
        yield Paid(name, order.credit.amount, order.credit.amount, 0, "", order.at.astimezone(INDIA))


def _delivered_to(order: Order) -> str:
    if order.delivery is not None:
        return order.delivery.address.text
    return order.customer.address if order.customer and order.fulfilment is Fulfilment.DELIVERY else ""


def title_of(order: Order) -> str:
    """Name the document: only a registered seller of taxed goods issues a tax invoice (CGST Act s.31, Rule 46A)."""
    if order.training:
        return "Training receipt"
    taxed = [line for line in order.lines if line.rate or line.cess_rate]
    if not order.seller.gstin:
        return "Invoice"
    if not taxed:
        return "Bill of Supply"
    buyer_registered = order.customer is not None and bool(order.customer.gstin)
    mixed = len(taxed) < len(order.lines) and not buyer_registered
    return "Invoice-cum-Bill of Supply" if mixed else "Tax Invoice"


def tax_summary(lines: Iterable[OrderLine]) -> tuple[TaxRow, ...]:
    """Add lines up by HSN code and rate; the columns add up to the order's totals."""
    groups: dict[tuple[str, int, int], list[OrderLine]] = {}
    for line in lines:
        groups.setdefault((line.hsn, line.rate, line.cess_rate), []).append(line)
    return tuple(
        TaxRow(
            hsn=hsn,
            rate=rate,
            cess_rate=cess_rate,
            value=sum(line.value for line in group),
            cgst=sum(line.cgst for line in group),
            sgst=sum(line.sgst for line in group),
            igst=sum(line.igst for line in group),
            cess=sum(line.cess for line in group),
        )
        for (hsn, rate, cess_rate), group in sorted(groups.items())
    )


def total_rows(totals: Totals, state_tax: str) -> tuple[tuple[str, int], ...]:
    """The foot of an invoice in its order; only what is not zero, but always the taxable value."""
    rows = (
        ("CGST", totals.cgst),
        (state_tax, totals.sgst),
        ("IGST", totals.igst),
        ("Cess", totals.cess),
        ("Rounding", totals.rounding),
    )
    return (("Taxable value", totals.value), *(row for row in rows if row[1]))


def rate_text(basis_points: int) -> str:
    """Write a rate as people do: 18 %, 2.5 %."""
    return plain(Decimal(format_plain(basis_points))) + "\N{NO-BREAK SPACE}%"


def plain(quantity: Decimal) -> str:
    """Write a quantity without needless zeros: 2, 0.25."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unnamed(value: int, buyer: Customer | None, named_from: int) -> tuple[str, ...]:
    """Which particulars of the buyer are missing for a taxable value (minor units): Rule 46 (d), (e)."""
    registered = buyer is not None and bool(buyer.gstin)
    if value < named_from and not registered:
        return ()
    asked = {"name": "name", "address": "address"} | ({} if registered else {"state_code": "State"})
    return tuple(word for field, word in asked.items() if buyer is None or not getattr(buyer, field))


def item_of(position: int, line: OrderLine) -> Item:
    """Lay a line out as it is printed."""
    description = f"{line.name} ({line.label})" if line.label else line.name
    return Item(position, description, line.hsn, plain(line.quantity), line.unit, line)


def _paid(payment: Payment) -> Paid:
    at = payment.at.astimezone(INDIA)
    return Paid(payment.name, payment.amount, payment.received, payment.change, payment.shown, at)

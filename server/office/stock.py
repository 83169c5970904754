"""Stock: what the OMS counts of each variant, and correcting a count, with the reason."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.product import Product, Variant
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Asked, Column, Filter, Found, Listing, WithAsked, show
from server.office.people import Denied, Role
from server.office.records import holds
from server.office.visits import Visit
from server.oms.catalogue import put_stock
from server.oms.doors import WithOms
from server.oms.movements import CORRECTION, Cause
from server.oms.problems import Failed
from server.oms.records import find
from server.oms.stock import quantity
from server.oms.tables import Record, Stock, VariantRow

router = APIRouter()
REASONS = ("Counted", "Delivered", "Damaged", "Stolen or lost", "Given away", "Entered wrongly")
LOW = 3_000
"""Thousandths under which a count is low."""
MOST = Decimal(10**8)
FILTERS = (Filter("level", "Level", (("low", "Low"), ("none", "Sold out"), ("below", "Below zero"))),)
LEVELS = {"low": Stock.quantity < LOW, "none": Stock.quantity == 0, "below": Stock.quantity < 0}


@dataclass(frozen=True, slots=True)
class Counted:
    """A variant with its count; None where nobody counts it."""

    product: Product
    variant: Variant
    count: Decimal | None

    @property
    def name(self) -> str:
        return " · ".join(part for part in (self.product.name, self.variant.label) if part)


def _count(each: Counted) -> h.Node:
    if each.count is None:
        return h.span(".quiet")["not counted"]
    tone = "red" if each.count < 0 else "amber" if each.count * 1000 < LOW else ""
    return parts.mark(parts.count(each.count), tone) if tone else parts.count(each.count)


LISTING: Listing[Counted] = Listing(
    "Stock",
    "stock",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("stock", each.variant.id), each.name)),
        Column("SKU", lambda each: each.variant.sku),
        Column("Barcode", lambda each: each.variant.barcode or ""),
        Column("Category", lambda each: each.product.category),
        Column("Count", lambda each: parts.count(each.count), _count, number=True),
        Column("Unit", lambda each: each.product.unit),
    ),
    search="Name, SKU or barcode",
    icon="package-open",
)


@router.get("/stock")
def stock(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List what there is of each variant."""
    with oms.database.read() as session:
        found = _found(session, wanted)
    return show(LISTING, visit, wanted, found, filters=FILTERS)


@router.get("/stock/{variant_id:path}")
def count_page(oms: WithOms, visit: WithVisit, variant_id: str) -> Response:
    """Show one count, ready to be corrected."""
    with oms.database.read() as session:
        return _page(visit, _one(session, variant_id))


@router.post("/stock/{variant_id:path}")
def correct(oms: WithOms, form: WithForm, variant_id: str) -> Response:
    """Correct a count by the difference to what the page showed: what was sold since then stays sold."""
    with oms.database.write() as session:
        there = _one(session, variant_id)
        change = _difference(form)
        if isinstance(change, Denied):
            return _page(form.visit, there, change.why, form["count"])
        before = there.count or Decimal(0)
        facts = ({"count": parts.count(number)} for number in (before, before + change))
        what = " – ".join(part for part in (form["reason"], form["remark"]) if part)
        put_stock(session, {variant_id: before + change}, Cause(CORRECTION, form.visit.name, what))
        audit.note(session, form.visit.name, "stock", f"stock/{there.variant.sku}", *facts, reason=what)
    return leads("stock", said="saved")


def _difference(form: Form) -> Decimal | Denied:
    counted, seen = _number(form["count"]), _number(form["seen"])
    if counted is None or seen is None:
        return Denied("That is not a count. Type digits, such as 12 or 1.5.")
    if form["reason"] not in REASONS:
        return Denied("Choose why the count is another one.")
    return counted - seen


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
        fits = number.is_finite() and abs(number) < MOST and number == round(number, 3)
    except (InvalidOperation, ValueError):
        return None
    return round(number, 3) if fits else None


def _found(session: Session, wanted: Asked) -> Found[Counted]:
    where: list[ColumnElement[bool]] = [Record.dataset == Dataset.PRODUCTS.value, Record.gone.is_(False)]
    if text := wanted["text"]:
        code = or_(VariantRow.sku.icontains(text, autoescape=True), VariantRow.barcode == text)
        where.append(or_(code, holds(text, "name")))
    if wanted["level"] in LEVELS:
        where.append(LEVELS[wanted["level"]])
    joined = select(VariantRow.id, Record.value, Stock.quantity).join(Record, Record.id == VariantRow.product_id)
    query = joined.outerjoin(Stock, Stock.variant_id == VariantRow.id).where(*where)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(VariantRow.sku).limit(wanted.limit).offset(wanted.offset))
    return Found([_counted(*row) for row in rows], count)


def _counted(variant_id: str, value: str, count: int | None) -> Counted:
    product = Product.model_validate_json(value)
    return Counted(product, product.variant(variant_id), None if count is None else quantity(count))


def _one(session: Session, variant_id: str) -> Counted:
    known = session.get(VariantRow, variant_id)
    row = find(session, Dataset.PRODUCTS, [known.product_id]).get(known.product_id) if known else None
    if row is None or row.gone:
        raise Failed(404, "There is no such variant", "It may have been taken out of the catalogue.")
    there = session.get(Stock, variant_id)
    return _counted(variant_id, row.value, there.quantity if there else None)


def _page(visit: Visit, there: Counted, why: str = "", typed: str = "") -> Response:
    shown = parts.count(there.count) or "0"
    content = parts.form(
        visit,
        to("stock", there.variant.id),
        parts.problem(why),
        h.input(type="hidden", name="seen", value=shown),
        parts.field(
            "count",
            f"Count now ({there.product.unit})",
            typed or shown,
            inputmode="decimal",
            required=True,
            hint="What is sold while you count is taken off by itself.",
        ),
        parts.select("reason", "Why", [(reason, reason) for reason in REASONS]),
        parts.field("remark", "Remark"),
        h.div[parts.button("Correct the count", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    pairs = [("SKU", there.variant.sku), ("Barcode", there.variant.barcode or "none"), ("Count", shown)]
    back = parts.go(to("stock"), "Stock", "arrow-left", tone="plain")
    two = h.div(".columns")[parts.card("As it is", parts.facts(pairs)), parts.card("Correct", content)]
    return page(visit, there.name, back, head(there.name), two, at="stock", status=422 if why else 200)

"""A product changed from a till: name, price, and a correction of the count; each change leaves a trace.

What the manager saw comes along: where somebody else has changed it meanwhile, nothing is written over.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import format_money
from app.domain.policy import Action, may
from app.domain.product import Product, Variant
from app.domain.staff import StaffMember
from app.sync.online import ProductEdit, ProductEdited
from app.sync.protocol import Dataset
from server.oms.catalogue import put_products, put_stock
from server.oms.movements import CORRECTION, Cause
from server.oms.records import find
from server.oms.revisions import take
from server.oms.stock import quantity
from server.oms.tables import Stock, VariantRow
from server.oms.tables_online import Audit

_FACTS: TypeAdapter[dict[str, str | int | None]] = TypeAdapter(dict[str, str | int | None])


@dataclass(frozen=True, slots=True)
class NotEdited:
    """Why nothing was changed: 403 not allowed, 404 not there, 409 changed by somebody else meanwhile."""

    status: int
    why: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is changed, as the OMS has it."""

    product: Product
    variant: Variant
    stock: Decimal | None


def edit(session: Session, register: str, sku: str, asked: ProductEdit, at: datetime) -> ProductEdited | NotEdited:
    """Change what is asked, all of it or nothing."""
    if not may(_member(session, asked.staff_id), Action.EDIT_PRODUCT):
        return NotEdited(403, "Only a manager may change a product. Nothing was changed.")
    found = _subject(session, sku)
    if found is None:
        return NotEdited(404, f"There is no product with the SKU {sku} any more. Nothing was changed.")
    if clash := _clash(found, asked):
        return NotEdited(409, clash)
    put_products(session, [_changed(found, asked)])
    if asked.stock:
        cause = Cause(CORRECTION, asked.staff_id, asked.reason, register)
        put_stock(session, {found.variant.id: (found.stock or Decimal(0)) + asked.stock}, cause)
    session.flush()
    after = _subject(session, sku) or found
    _trace(session, register, asked, found, after, at)
    return ProductEdited(sku=sku, name=after.product.name, price=after.variant.price, stock=after.stock)


def _member(session: Session, staff_id: str) -> StaffMember | None:
    row = find(session, Dataset.STAFF, [staff_id]).get(staff_id)
    return StaffMember.model_validate_json(row.value) if row and not row.gone else None


def _subject(session: Session, sku: str) -> Subject | None:
    known = session.scalars(select(VariantRow).where(VariantRow.sku == sku)).first()
    row = find(session, Dataset.PRODUCTS, [known.product_id]).get(known.product_id) if known else None
    if known is None or row is None or row.gone:
        return None
    product, stock = Product.model_validate_json(row.value), session.get(Stock, known.id)
    return Subject(product, product.variant(known.id), quantity(stock.quantity) if stock else None)


def _clash(found: Subject, asked: ProductEdit) -> str:
    """Name both values where somebody else has changed what is to be changed."""
    name, price = asked.name, asked.price
    said = []
    if name is not None and found.product.name not in (name.before, name.after):
        said.append(f"The name is “{found.product.name}” by now, you wanted “{name.after}”.")
    if price is not None and found.variant.price not in (price.before, price.after):
        now = "none" if found.variant.price is None else format_money(found.variant.price)
        said.append(f"The price is {now} by now, you wanted {format_money(price.after)}.")
    return " ".join([*said, "Nothing was changed. Look at both, then save again."]) if said else ""


def _changed(found: Subject, asked: ProductEdit) -> Product:
    price = asked.price.after if asked.price else found.variant.price
    variants = tuple(
        each.model_copy(update={"price": price}) if each.id == found.variant.id else each
        for each in found.product.variants
    )
    name = asked.name.after if asked.name else found.product.name
    return found.product.model_copy(update={"name": name, "variants": variants})


def _trace(session: Session, register: str, asked: ProductEdit, before: Subject, after: Subject, at: datetime) -> None:
    session.add(
        Audit(
            id=take(session, "audit"),
            at=at,
            register=register,
            staff_id=asked.staff_id,
            action=Action.EDIT_PRODUCT.value,
            subject=before.variant.sku,
            before=_facts(before),
            after=_facts(after),
            reason=asked.reason,
        )
    )


def _facts(subject: Subject) -> str:
    stock = None if subject.stock is None else str(subject.stock)
    facts = {"name": subject.product.name, "price": subject.variant.price, "stock": stock}
    return _FACTS.dump_json(facts).decode()

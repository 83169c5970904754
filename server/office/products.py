"""Products: found by name, brand, SKU or barcode; name, tax class, HSN code and prices are changed here."""

import re
from collections.abc import Callable, Mapping

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.money import AmountError, parse_money
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Asked, Column, Filter, Found, Listing, WithAsked, show
from server.office.people import Denied, Role
from server.office.records import holds, listed, one, text_of
from server.office.visits import Visit
from server.oms.catalogue import put_products
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import read_all
from server.oms.tables import Record, VariantRow

router = APIRouter()
CLASHED = "Somebody else has changed this meanwhile. Nothing was saved. Look at it as it is now, then change it again."
_HSN = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8})?")


def _prices(product: Product, written: Callable[[int], str]) -> str:
    prices = sorted({variant.price for variant in product.variants if variant.price is not None})
    if not prices:
        return "no price"
    return " – ".join(written(price) for price in dict.fromkeys((prices[0], prices[-1])))


LISTING: Listing[Product] = Listing(
    "Products",
    "products",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("products", each.id), each.name)),
        Column("Brand", lambda each: each.brand),
        Column("Category", lambda each: each.category),
        Column("Variants", lambda each: str(len(each.variants)), number=True),
        Column("HSN", lambda each: each.hsn),
        Column("Tax class", lambda each: each.tax_class),
        Column("Price", lambda each: _prices(each, parts.plain), lambda each: _prices(each, parts.money), number=True),
    ),
    search="Name, brand, SKU or barcode",
)


@router.get("/products")
def products(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List products."""
    with oms.database.read() as session:
        found = _found(session, wanted)
        filters = (_filter(session, "category", "Category"), _filter(session, "tax_class", "Tax class"))
    return show(LISTING, visit, wanted, found, filters=filters)


@router.get("/products/{product_id:path}")
def product(oms: WithOms, visit: WithVisit, wanted: WithAsked, product_id: str) -> Response:
    """Show one product, ready to be changed."""
    with oms.database.read() as session:
        thing, revision = _one(session, product_id)
        return _page(session, visit, thing, _fields(thing, revision), said=wanted["said"])


@router.post("/products/{product_id:path}")
def change_product(oms: WithOms, form: WithForm, product_id: str) -> Response:
    """Change a product; registers hear of it like of any change."""
    with oms.database.write() as session:
        thing, revision = _one(session, product_id)
        changed = _changed(thing, form, {rate.tax_class for rate in read_all(session, Dataset.RATES, TaxRate)})
        if form["revision"] != str(revision):
            changed = Denied(CLASHED)
        if isinstance(changed, Denied):
            typed = {name: form[name] for name in _fields(thing, revision)} | {"revision": str(revision)}
            return _page(session, form.visit, thing, typed, changed.why)
        done = put_products(session, [changed])
        if done:
            audit.note(session, form.visit.name, "product", f"products/{thing.id}", _told(thing), _told(changed))
    return leads("products", product_id, said="saved" if done else "same")


def _found(session: Session, wanted: Asked) -> Found[Product]:
    where: list[ColumnElement[bool]] = []
    if text := wanted["text"]:
        code = or_(VariantRow.sku.icontains(text, autoescape=True), VariantRow.barcode == text)
        coded = Record.id.in_(select(VariantRow.product_id).where(code))
        where.append(or_(holds(text, "name", "brand"), coded))
    where += [text_of(name) == wanted[name] for name in ("category", "tax_class") if wanted[name]]
    return listed(session, Dataset.PRODUCTS, Product, wanted, *where)


def _filter(session: Session, name: str, label: str) -> Filter:
    query = select(text_of(name)).distinct().where(Record.dataset == Dataset.PRODUCTS.value, Record.gone.is_(False))
    there = sorted(value for value in session.scalars(query) if value)
    return Filter(name, label, tuple((value, value) for value in there) or (("-", "None"),))


def _one(session: Session, product_id: str) -> tuple[Product, int]:
    found = one(session, Dataset.PRODUCTS, Product, product_id)
    if found is None:
        raise Failed(404, "There is no such product", "It may have been taken out of the catalogue.")
    return found


def _fields(thing: Product, revision: int) -> Mapping[str, str]:
    """What the form shows at first."""
    own = {"name": thing.name, "brand": thing.brand, "category": thing.category, "hsn": thing.hsn}
    prices = {f"price-{at}": parts.plain(variant.price) for at, variant in enumerate(thing.variants)}
    return {**own, "tax_class": thing.tax_class, "revision": str(revision), **prices}


def _changed(thing: Product, form: Form, classes: set[str]) -> Product | Denied:
    if not form["name"]:
        return Denied("A product needs a name.")
    if len(form["name"]) > parts.LONGEST:
        return Denied(f"A name has at most {parts.LONGEST} characters. Nothing was saved.")
    if form["tax_class"] not in classes | {thing.tax_class}:
        return Denied("There is no rate for that tax class. Choose one from the list.")
    if not _HSN.fullmatch(form["hsn"]):
        return Denied("An HSN code has 2, 4, 6 or 8 digits. Check it, or leave it empty.")
    try:
        prices = [
            parse_money(form[f"price-{at}"]) if form[f"price-{at}"] else None for at in range(len(thing.variants))
        ]
    except AmountError as wrong:
        return Denied(str(wrong))
    variants = (each.model_copy(update={"price": price}) for each, price in zip(thing.variants, prices, strict=True))
    update = {name: form[name] for name in ("name", "brand", "category", "hsn", "tax_class")}
    return thing.model_copy(update={**update, "variants": tuple(variants)})


def _told(thing: Product) -> dict[str, object]:
    """A product as the audit tells it: its own fields, and each price by SKU."""
    own = {name: getattr(thing, name) for name in ("name", "brand", "category", "hsn", "tax_class")}
    return {**own, **{f"price of {variant.sku}": parts.plain(variant.price) for variant in thing.variants}}


def _page(
    session: Session, visit: Visit, thing: Product, fields: Mapping[str, str], why: str = "", *, said: str = ""
) -> Response:
    classes = sorted({rate.tax_class for rate in read_all(session, Dataset.RATES, TaxRate)} | {thing.tax_class})
    content = parts.form(
        visit,
        to("products", thing.id),
        parts.problem(why),
        h.input(type="hidden", name="revision", value=fields["revision"]),
        parts.field("name", "Name", fields["name"], required=True),
        _facts(fields, classes),
        h.h2["Prices"],
        h.div(".grid")[(_price(thing, at, fields) for at in range(len(thing.variants)))],
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    back = parts.go(to("products"), "Products", "arrow-left", tone="plain")
    return page(
        visit,
        thing.name,
        back,
        head(thing.name),
        h.div(".card")[content],
        at="products",
        said=said,
        status=422 if why else 200,
    )


def _facts(fields: Mapping[str, str], classes: list[str]) -> h.Node:
    brand = parts.field("brand", "Brand", fields["brand"]), parts.field("category", "Category", fields["category"])
    kinds = parts.select("tax_class", "Tax class", [(each, each) for each in classes], fields["tax_class"])
    hsn = parts.field("hsn", "HSN code", fields["hsn"], inputmode="numeric")
    return h.div(".pair")[brand], h.div(".pair")[kinds, hsn]


def _price(thing: Product, at: int, fields: Mapping[str, str]) -> h.Element:
    variant, name = thing.variants[at], f"price-{at}"
    label = " · ".join(part for part in (variant.label, variant.sku) if part)
    hint = f"Barcode {variant.barcode}" if variant.barcode else ""
    return parts.field(name, label, fields.get(name, ""), hint=hint, inputmode="decimal")

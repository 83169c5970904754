"""A manager changes a product for everybody: name, price, and a correction of the count."""

from decimal import Decimal, InvalidOperation
from typing import Any

from app.domain.money import AmountError, format_plain, parse_money
from app.sync.online import EditProduct, NameChange, PriceChange, ProductEdit, ProductEdited
from app.sync.questions import Denied, NoAnswer
from app.till.effects import ShowProduct
from app.till.events import EditAsked, ProductSaved
from app.till.flow.asking import Answering, asked, waiting
from app.till.flow.keeping import while_open
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import may_edit, moment
from app.till.slices.editing import Editing
from app.till.state import State, Toast

MOST_CORRECTED = Decimal(1_000_000)
NOT_KNOWN = (
    "{why} It is not known whether the change was saved. Nothing was sold or lost. Save again: it is not done twice."
)


def edit_asked(state: State, _: EditAsked) -> Step:
    """Open the dialog on the variant that is chosen."""
    choice = state.browse.choice
    if choice is None or not choice.variant_id or not may_edit(state).allowed:
        return Step(state)
    product = choice.tile.product
    price = product.variant(choice.variant_id).price
    typed = "" if price is None else format_plain(price)
    editing = Editing(product, choice.variant_id, name=product.name, price=typed)
    return changed(state, editing=editing, browse=replace(state.browse, choice=None))


def product_saved(state: State, event: ProductSaved) -> Step:
    """Ask the OMS for what is different; the same wish asked again keeps its key, so that it is done once."""
    if state.editing is None or waiting(state, EditProduct):
        return Step(state)
    typed = replace(state.editing, name=event.name, price=event.price, stock=event.stock, reason=event.reason)
    edit = may_edit(state).reason or _wanted(state, typed)
    if isinstance(edit, str):
        return changed(state, editing=replace(typed, problem=edit))
    again = typed.tried is not None and typed.tried[1] == edit
    key = typed.tried[0] if typed.tried is not None and again else event.fresh
    asking = replace(typed, problem="", tried=(key, edit))
    question = EditProduct(sku=typed.variant.sku, edit=edit, key=key)
    return asked(replace(state, editing=asking), event.fresh, question)


def _wanted(state: State, typed: Editing) -> ProductEdit | str:
    """Read the fields, or say what is wrong with them."""
    name = typed.name.strip()
    if not name or len(name) > 500:
        return "Type the product’s name."
    price = _price(typed)
    if isinstance(price, str):
        return price
    stock = _correction(typed.stock, weighed=typed.product.weighed)
    if isinstance(stock, str):
        return stock
    before = typed.product.name
    edit = ProductEdit(
        staff_id=state.sign_in.user.id if state.sign_in.user else "",
        name=NameChange(before=before, after=name) if name != before else None,
        price=price,
        stock=stock,
        reason=typed.reason.strip()[:200],
    )
    same = edit.name is None and edit.price is None and edit.stock is None
    return "Nothing is different from the catalogue. Change a field, or close the dialog." if same else edit


def _price(typed: Editing) -> PriceChange | str | None:
    before = typed.variant.price
    if not typed.price.strip() and before is None:
        return None
    try:
        after = parse_money(typed.price)
    except AmountError as error:
        return str(error)
    return PriceChange(before=before, after=after) if after != before else None


def _correction(text: str, *, weighed: bool) -> Decimal | str | None:
    """Read a correction such as -2; a true minus is one, too."""
    wrong = "Type how many to add to the count, such as 2, or to take from it, such as -2."
    try:
        amount = Decimal(text.strip().replace("\N{MINUS SIGN}", "-") or "0")
    except InvalidOperation:
        return wrong
    if not amount.is_finite() or abs(amount) >= MOST_CORRECTED or amount != round(amount, 3 if weighed else 0):
        return wrong
    return amount or None


def edited(state: State, question: EditProduct, answer: ProductEdited | Denied | NoAnswer) -> Step:
    """Saved: the catalogue hears of it like everybody else. Not saved: both values are looked at again."""
    editing = state.editing
    if isinstance(answer, ProductEdited):
        toast = Toast(f"{answer.name} was changed for all registers", moment(state))
        return changed(state, editing=None, toast=toast)
    if editing is None or editing.variant.sku != question.sku:
        return Step(state)
    if isinstance(answer, NoAnswer):
        return changed(state, editing=replace(editing, problem=NOT_KNOWN.format(why=answer.why)))
    denied = replace(editing, problem=answer.why, tried=None)
    return Step(replace(state, editing=denied), (ShowProduct(editing.product.id),))


ANSWERS: dict[type[Any], Answering] = {EditProduct: edited}
HANDLERS: Handlers = {EditAsked: while_open(edit_asked), ProductSaved: while_open(product_saved)}

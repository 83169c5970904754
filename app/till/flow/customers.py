"""Customers: found, written down and corrected, on their screen and at checkout; each change is a journal entry."""

from app.domain.customer import Customer, Edit, Field, edited, edits_between, tidied, wrong
from app.sync.bodies import CustomerChanged
from app.sync.questions import CustomerByCode, Denied, NoAnswer, Question
from app.till.directory import clashes_of, customer_of, customer_with_phone, found
from app.till.effects import Record
from app.till.events import (
    CameraRefused,
    ClashSettled,
    CodeScanned,
    CustomerAdded,
    CustomerAsked,
    CustomerOpened,
    CustomerRemoved,
    CustomerSaved,
    CustomersEntered,
    CustomersSearched,
    NotRecorded,
    Recorded,
)
from app.till.flow.asking import Answering, asked, forgotten
from app.till.flow.checkout import refilled
from app.till.flow.keeping import at_checkout, kept, saving
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import can, moment
from app.till.slices.customers import Customers
from app.till.state import Screen, State, Toast

GONE = "The back office has removed this customer. Nothing was saved."
NO_CAMERA = "The camera could not be used. Allow it in the browser, or find the customer by phone or name."
PLACES = frozenset({Screen.CUSTOMERS, Screen.CUSTOMER})


def asking(state: State) -> bool:
    """Whether the dialog at checkout is open, so that a customer is for the sale."""
    return state.checkout is not None and state.checkout.customer_open and not saving(state)


def customers_searched(state: State, event: CustomersSearched) -> Step:
    if asking(state):
        return _sale(state, customer_sought=event.value, problem="")
    return changed(state, customers=replace(state.customers, text=event.value, notice=""))


def customers_entered(state: State, event: CustomersEntered) -> Step:
    """Enter takes the only hit; of several one has to be chosen."""
    hits = found(state, event.value) if event.value.strip() else ()
    return chosen(state, hits[0]) if len(hits) == 1 else Step(state)


def customer_opened(state: State, event: CustomerOpened) -> Step:
    customer = customer_of(state, event.customer_id)
    return chosen(state, customer) if customer else Step(state)


def chosen(state: State, customer: Customer) -> Step:
    """Take a customer who was found: onto the sale, or to look at."""
    if asking(state):
        return bought_by(state, customer)
    if state.screen not in PLACES:
        return Step(state)
    if customer_of(state, customer.id) is None:
        return told(state, f"{customer.name} is not on this register yet. Wait for the next sync, then try again.")
    return changed(state, screen=Screen.CUSTOMER, customers=_page(state, opened=customer.id))


def told(state: State, sentence: str) -> Step:
    """Say something where customers are looked for."""
    if asking(state):
        return _sale(state, problem=sentence)
    return (
        changed(state, customers=replace(state.customers, notice=sentence)) if state.screen in PLACES else Step(state)
    )


def scanned(state: State, event: CodeScanned) -> Step:
    """A customer's card was scanned: only the OMS knows whose it is."""
    ability = can(state).customer_scan
    if not ability.allowed:
        return told(state, ability.reason)
    quiet = told(forgotten(state, CustomerByCode), "").state
    return asked(quiet, event.fresh, CustomerByCode(code=event.code.strip()))


def code_answered(state: State, _: CustomerByCode, answer: Customer | Denied | NoAnswer) -> Step:
    if isinstance(answer, Customer):
        return chosen(state, answer)
    advice = "" if isinstance(answer, Denied) else " Find the customer by phone or name."
    return told(state, answer.why + advice)


def camera_refused(state: State, event: CameraRefused) -> Step:
    """No code was read; somebody who closed the camera knows that."""
    return Step(state) if event.why == "AbortError" else told(state, NO_CAMERA)


def bought_by(state: State, customer: Customer | None) -> Step:
    """Note who buys; the State of the address decides which tax it is, so the sums are made anew."""
    noted = _sale(state, customer=customer, customer_open=False, customer_typed=None, problem="").state
    return kept(refilled(noted))


def customer_asked(state: State, _: CustomerAsked) -> Step:
    return _sale(state, customer_open=True, customer_sought="", customer_typed=None, problem="")


def customer_removed(state: State, _: CustomerRemoved) -> Step:
    return bought_by(state, None)


def customer_added(state: State, _: CustomerAdded) -> Step:
    if state.screen not in PLACES:
        return Step(state)
    return changed(state, screen=Screen.CUSTOMER, customers=_page(state, opened=""))


def customer_saved(state: State, event: CustomerSaved) -> Step:
    if state.screen is Screen.CUSTOMER:
        return page_saved(state, event)
    return at_checkout(sale_saved)(state, event)


def sale_saved(state: State, event: CustomerSaved) -> Step:
    """ "Save" at checkout: the customer is on the sale, and what is new about them is written down."""
    base = _base(state, event)
    present = state.checkout.customer.id if state.checkout and state.checkout.customer else event.fresh
    customer = _with(base, event) if base.id in {present, event.fresh} else _completed(base, event)
    problem = wrong(customer)
    if problem:
        return _sale(state, customer_typed=customer, problem=problem)
    step = bought_by(state, customer)
    return Step(step.state, (*step.effects, *_record(state, event.fresh, base, edits_between(base, customer))))


def _base(state: State, event: CustomerSaved) -> Customer:
    """Whom the form is about: who is on the sale, unless name and phone are another's; then who has the phone."""
    blank = Customer(id=event.fresh, name="")
    typed = _with(blank, event)
    present = state.checkout.customer if state.checkout else None
    if present is not None and (typed.name == present.name or typed.phone == present.phone != ""):
        return customer_of(state, present.id) or present
    return customer_with_phone(state, typed.phone) or blank


def _with(base: Customer, event: CustomerSaved) -> Customer:
    """The customer as typed; what the form does not ask for stays."""
    return tidied(base.model_copy(update={name: text for name, text in _given(event).items() if text is not None}))


def _completed(base: Customer, event: CustomerSaved) -> Customer:
    """Somebody who was known by the phone number alone: what was typed is added, and nothing is emptied or renamed."""
    added = {name: text for name, text in _given(event).items() if text and name != Field.NAME}
    return tidied(base.model_copy(update=added))


def _given(event: CustomerSaved) -> dict[str, str | None]:
    return {field.value: getattr(event, field.value) for field in Field}


def page_saved(state: State, event: CustomerSaved) -> Step:
    """ "Save" on a customer's page."""
    slice_ = state.customers
    if slice_.saving:
        return Step(state)
    blank = Customer(id=event.fresh, name="")
    base = customer_of(state, slice_.opened) if slice_.opened else blank
    customer = _with(base or blank, event)
    problem = wrong(customer) if base else GONE
    if problem or base is None:
        return changed(state, customers=replace(slice_, typed=customer, problem=problem))
    effects = _record(state, event.fresh, base, edits_between(base, customer))
    if not effects:
        return _saved_toast(changed(state, customers=_page(state, opened=slice_.opened)).state, customer)
    waits = replace(slice_, typed=customer, problem="", saving=event.fresh)
    return Step(replace(state, customers=waits), effects)


def clash_settled(state: State, event: ClashSettled) -> Step:
    """Write the decision down on the newest revision: ours once more, or that the back office's stays."""
    customer = customer_of(state, state.customers.opened)
    if customer is None or state.customers.saving or state.screen is not Screen.CUSTOMER:
        return Step(state)
    clash = next((each for each in clashes_of(state, customer) if each.field is event.detail), None)
    if clash is None:
        return Step(state)
    edit = Edit(field=clash.field, before=clash.office, after=clash.here if event.ours else clash.office)
    waits = replace(state.customers, saving=event.fresh, typed=edited(customer, [edit]), problem="")
    return Step(replace(state, customers=waits), _record(state, event.fresh, customer, (edit,)))


def change_recorded(state: State, event: Recorded) -> Step:
    """The entry is durable: the list shows it from now on."""
    customer_id = getattr(event.kept.body, "customer_id", "")
    customer = customer_of(state, customer_id)
    if event.kept.header.id != state.customers.saving or customer is None:
        return Step(state)
    return _saved_toast(replace(state, customers=_page(state, opened=customer_id)), customer)


def change_not_recorded(state: State, event: NotRecorded) -> Step:
    return changed(state, customers=replace(state.customers, saving="", problem=event.why))


def _saved_toast(state: State, customer: Customer) -> Step:
    return changed(state, toast=Toast(f"{customer.name} is saved.", moment(state)))


def _record(state: State, entry_id: str, base: Customer, edits: tuple[Edit, ...]) -> tuple[Record, ...]:
    if not edits:
        return ()
    user = state.sign_in.user
    body = CustomerChanged(
        customer_id=base.id,
        base_revision=base.revision,
        edits=edits,
        staff_id=user.id if user else "",
        staff_name=user.name if user else "",
    )
    return (Record(id=entry_id, body=body),)


def _page(state: State, *, opened: str) -> Customers:
    return Customers(text=state.customers.text, opened=opened)


def _sale(state: State, **fields: object) -> Step:
    if state.checkout is None:
        return Step(state)
    return changed(state, checkout=replace(state.checkout, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    CustomersSearched: customers_searched,
    CustomersEntered: customers_entered,
    CustomerOpened: customer_opened,
    CustomerAdded: customer_added,
    CustomerAsked: at_checkout(customer_asked),
    CustomerSaved: customer_saved,
    CustomerRemoved: at_checkout(customer_removed),
    ClashSettled: clash_settled,
    CameraRefused: camera_refused,
}
ANSWERS: dict[type[Question], Answering] = {CustomerByCode: code_answered}

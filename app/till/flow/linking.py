"""Payment links: the customer pays on their own phone, the till asks until it knows (S12).

What is paid becomes a payment in the draft, under the link's own id, so that it counts once. A link that is not
wanted any more is withdrawn, be it after the next outage; one that was paid all the same is said.
"""

from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from app.domain.money import AmountError, format_money, parse_money
from app.domain.payment import LinkState, Payment, PaymentLink, TenderKind
from app.sync.online import AskLink, LinkAsked, LookAtLink, WithdrawLink
from app.sync.questions import Denied, NoAnswer
from app.till.effects import Effect, KeepLocal
from app.till.events import CartEmptied, DraftDiscarded, LinkDropped, LinkWanted, TenderChosen
from app.till.flow.asking import Answering, asked, forgotten, waiting
from app.till.flow.checkout import tender_chosen, unpayable
from app.till.flow.delivering import undeliverable
from app.till.flow.drafts import draft_discarded
from app.till.flow.filling import cart_emptied
from app.till.flow.keeping import at_checkout, kept, while_open
from app.till.flow.local import LINKS
from app.till.flow.paying import awaited
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import can, chosen_tender, due, moment
from app.till.standing import elapsed
from app.till.state import Checkout, State

EVERY = timedelta(seconds=2)
"""How often an open link is looked at."""
LOOSE = TypeAdapter(tuple[PaymentLink, ...])
ENDED = {
    LinkState.FAILED: "The customer declined the payment link. Nothing was taken.",
    LinkState.EXPIRED: "The payment link has run out. Nothing was taken.",
    LinkState.CANCELLED: "The payment link was withdrawn. Nothing was taken.",
}
AGAIN = "Try again, or take another payment."
NEXT = "Create another one, or take another payment."


def link_wanted(state: State, event: LinkWanted) -> Step:
    """Ask for a link over what the amount field says, once the sale can be paid for at all."""
    checkout, tender = state.checkout, chosen_tender(state)
    if checkout is None or checkout.link is not None or waiting(state, AskLink) or checkout.keeping:
        return Step(state)
    if tender is None or tender.kind is not TenderKind.ONLINE:
        return Step(state)
    amount = _amount(checkout.amount, due(state, tender))
    why = can(state).online_payment.reason or unpayable(state) or undeliverable(state)
    if why or isinstance(amount, str):
        return changed(state, checkout=replace(checkout, problem=why or str(amount)))
    question = AskLink(asked=LinkAsked(order_id=checkout.order_id, tender_id=tender.id, amount=amount))
    return asked(replace(state, checkout=replace(checkout, problem="")), event.fresh, question)


def _amount(typed: str, left: int) -> int | str:
    try:
        amount = parse_money(typed)
    except AmountError as error:
        return str(error)
    if not 0 < amount <= left:
        return f"A payment link is for at most what is due, {format_money(left)}. Check the amount."
    return amount


def link_made(state: State, question: AskLink, answer: PaymentLink | Denied | NoAnswer) -> Step:
    """Show the link; one that comes when nobody wants it any more is withdrawn."""
    checkout = state.checkout
    ours = checkout is not None and checkout.order_id == question.asked.order_id
    if isinstance(answer, PaymentLink):
        return seen(state, answer) if ours and not _saving(state) else loosened(state, answer)
    if checkout is None or not ours:
        return Step(state)
    why = answer.why if isinstance(answer, Denied) else f"The payment link could not be made: {answer.why}"
    return changed(state, checkout=replace(checkout, problem=f"{why} Nothing was taken. {AGAIN}"))


def looked(state: State, question: LookAtLink, answer: PaymentLink | Denied | NoAnswer) -> Step:
    """Note where the link stands; without an answer it is asked again."""
    checkout = state.checkout
    if checkout is None or checkout.link is None or checkout.link.id != question.link_id or _saving(state):
        return Step(state)
    if isinstance(answer, PaymentLink):
        return seen(state, answer) if answer.status is not checkout.link.status else Step(state)
    if isinstance(answer, Denied) and answer.status == 404:
        return seen(state, checkout.link.model_copy(update={"status": LinkState.CANCELLED}))
    return Step(state)


def seen(state: State, link: PaymentLink) -> Step:
    """Take over what a link has become: money, or the end of it."""
    checkout = state.checkout
    if checkout is None:
        return Step(state)
    if link.status in ENDED:
        ended = replace(checkout, link=None, problem=f"{ENDED[link.status]} {NEXT}")
        return kept(replace(state, checkout=ended))
    noted = replace(state, checkout=replace(checkout, link=link, problem=""))
    return collected(noted) if link.status is LinkState.PAID else kept(noted)


def collected(state: State) -> Step:
    """Make a paid link a payment, once; it counts when the draft is on disk."""
    checkout = state.checkout
    if checkout is None or checkout.link is None or checkout.keeping or checkout.saving:
        return Step(state)
    link = checkout.link
    if any(payment.id == link.id for payment in checkout.payments):
        return kept(replace(state, checkout=replace(checkout, link=None)))
    tender = next((each for each in state.people.tenders if each.id == link.tender_id), None)
    payment = Payment(
        id=link.id,
        tender_id=link.tender_id,
        name=tender.name if tender else link.tender_id,
        kind=TenderKind.ONLINE,
        amount=link.amount,
        received=link.amount,
        reference=link.reference,
        at=moment(state),
    )
    return awaited(state, checkout, (*checkout.payments, payment), payment.id)


def let_go(state: State) -> Step:
    """Take the open link off the sale; it is withdrawn as soon as the OMS can be asked."""
    checkout = state.checkout
    if checkout is None or checkout.link is None or checkout.link.status is not LinkState.PENDING:
        return Step(state)
    link = checkout.link
    off = forgotten(replace(state, checkout=replace(checkout, link=None, problem="")), LookAtLink)
    return loosened(off, link).then(kept)


def other_tender_chosen(state: State, event: TenderChosen) -> Step:
    """Another way to pay: a link that is open is not wanted any more."""
    before = state.checkout.tender_id if state.checkout else ""
    step = tender_chosen(state, event)
    after = step.state.checkout.tender_id if step.state.checkout else ""
    return step if before == after else step.then(let_go)


def sale_emptied(state: State, event: CartEmptied) -> Step:
    """The sale is over before it was paid: its link goes with it."""
    link = state.checkout.link if state.checkout else None
    step = cart_emptied(state, event)
    return step if step.state.checkout is not None else step.then(lambda now: loosened(now, link))


def draft_forgotten(state: State, event: DraftDiscarded) -> Step:
    draft = state.found_draft
    step = draft_discarded(state, event)
    gone = draft is not None and step.state.found_draft is not draft
    return step.then(lambda now: loosened(now, draft.link if draft else None)) if gone else step


def loosened(state: State, *links: PaymentLink | None) -> Step:
    """Remember links that have to be withdrawn; the device keeps them, over a restart and an outage."""
    known = {link.id for link in state.links.loose}
    more = tuple(link for link in links if link and link.id not in known and link.status not in ENDED)
    return _loose(state, (*state.links.loose, *more)) if more else Step(state)


def withdrawn(state: State, question: WithdrawLink, answer: PaymentLink | Denied | NoAnswer) -> Step:
    """A link that was paid before it could be withdrawn is money: of this sale, or to be given back."""
    link = question.link
    if isinstance(answer, NoAnswer) or (isinstance(answer, Denied) and answer.status != 404):
        return Step(state)
    step = _loose(state, tuple(each for each in state.links.loose if each.id != link.id))
    if isinstance(answer, Denied) or answer.status is not LinkState.PAID:
        return step
    checkout = step.state.checkout
    if checkout is not None and checkout.order_id == link.order_id and not checkout.saving:
        return step.then(lambda now: seen(now, answer))
    paid = (
        f"A customer has paid {format_money(link.amount)} by a payment link of an earlier sale, which was closed "
        f"without it. The OMS lists it (reference {answer.reference}). Tell a manager, so that it is given back."
    )
    return Step(replace(step.state, trouble=paid), step.effects)


def attended(state: State, fresh: str) -> Step:
    """With each tick: take what is paid, look at what is open, withdraw what is not wanted."""
    step = collected(state) if _paid(state) else Step(state)
    now = step.state
    looked_at = now.links.looked_at
    if not can(now).online_payment.allowed or (looked_at is not None and elapsed(now, looked_at) < EVERY):
        return step
    link = now.checkout.link if now.checkout else None
    question: LookAtLink | WithdrawLink | None = None
    if link is not None and link.status is LinkState.PENDING and not waiting(now, LookAtLink):
        question = LookAtLink(link_id=link.id)
    elif now.links.loose and not waiting(now, WithdrawLink):
        question = WithdrawLink(link=now.links.loose[0])
    if question is None:
        return step
    noted = replace(now, links=replace(now.links, looked_at=moment(now)))
    return Step(noted, step.effects).then(lambda state: asked(state, f"{fresh}-link", question))


def remembered(text: str) -> tuple[PaymentLink, ...]:
    """Read the links back that wait to be withdrawn; damaged ones are the OMS's to list."""
    try:
        return LOOSE.validate_json(text or "[]")
    except ValueError:
        return ()


def _paid(state: State) -> bool:
    checkout: Checkout | None = state.checkout
    return checkout is not None and checkout.link is not None and checkout.link.status is LinkState.PAID


def _saving(state: State) -> bool:
    return state.checkout is not None and state.checkout.saving


def _loose(state: State, links: tuple[PaymentLink, ...]) -> Step:
    keep: tuple[Effect, ...] = (KeepLocal(LINKS, LOOSE.dump_json(links).decode()),)
    return Step(replace(state, links=replace(state.links, loose=links)), keep)


ANSWERS: dict[type[Any], Answering] = {AskLink: link_made, LookAtLink: looked, WithdrawLink: withdrawn}
HANDLERS: Handlers = {
    LinkWanted: at_checkout(link_wanted),
    LinkDropped: at_checkout(lambda state, _: let_go(state)),
    TenderChosen: at_checkout(other_tender_chosen),
    CartEmptied: while_open(sale_emptied),
    DraftDiscarded: draft_forgotten,
}

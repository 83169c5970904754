"""What a bargain comes to: what is wanted, what it would cost, who may let it pass; flow and dialog ask here."""

from dataclasses import dataclass, replace

from app.domain.by_hand import LONGEST_REASON, ByHand, ChangedPrice, ManualDiscount
from app.domain.cart import Cart, Line
from app.domain.invoice import rate_text
from app.domain.leeway import Leeway, Leeways
from app.domain.money import AmountError, format_money, parse_money, portion, times
from app.domain.pricing import Priced
from app.domain.promotion import AmountOff, PercentOff
from app.domain.staff import StaffMember
from app.domain.tax import BASIS
from app.till.selectors import agreed, priced
from app.till.slices.bargain import Bargain, Way
from app.till.state import State

NO_RATE = "That is not a percentage. Type digits, such as 10 or 12.5."


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, read from what was typed: so much off, or another price (minor units)."""

    offer: PercentOff | AmountOff | None = None
    price: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What something costs before and after, minor units."""

    before: int
    after: int


def leeways(state: State) -> Leeways:
    return state.people.settings.leeways if state.people.settings else Leeways()


def leeway(state: State, member: StaffMember | None) -> Leeway:
    return leeways(state).of(member.role) if member else Leeway()


def fixed(state: State) -> bool:
    """Whether the price is agreed: money was taken, or the customer may be paying by a link now."""
    checkout = state.checkout
    taken = checkout is not None and bool(checkout.payments or checkout.keeping or checkout.link)
    return taken or agreed(state) is not None


def ways(state: State, line: Line | None) -> tuple[Way, ...]:
    """What somebody or other may do to a line, or to the whole order."""
    widest = leeways(state).widest
    if line is None:
        return (Way.PERCENT, Way.AMOUNT) if widest.order else ()
    off = (Way.PERCENT, Way.AMOUNT) if widest.line else ()
    return (*off, Way.PRICE) if widest.below or widest.above else off


def line_of(state: State, bargain: Bargain) -> Line | None:
    """The line that a bargain is about, while it is in the cart."""
    return next((line for line in state.cart.lines if bargain.line is not None and line.key == bargain.line), None)


def lost(state: State, bargain: Bargain) -> bool:
    """Whether what it is about has left the cart meanwhile."""
    return not state.cart.lines or (bargain.line is not None and line_of(state, bargain) is None)


def place_of(state: State, bargain: Bargain) -> int | None:
    """Where its line stands in the cart; none for the whole order."""
    line = line_of(state, bargain)
    return state.cart.lines.index(line) if line else None


def present(state: State, bargain: Bargain) -> ByHand | None:
    """What was given before, of the kind that the dialog shows."""
    line = line_of(state, bargain)
    if line is None:
        return state.cart.manual
    return line.changed_price if bargain.way is Way.PRICE else line.manual


def wish(bargain: Bargain) -> Wish | str:
    """Read what was typed, or say what is wrong with it."""
    text = bargain.typed.strip()
    try:
        number = parse_money(text.removesuffix("%"))
    except AmountError as error:
        return NO_RATE if bargain.way is Way.PERCENT else str(error)
    if bargain.way is Way.PRICE:
        return Wish(price=number)
    if number == 0:
        return "Nothing would be taken off. Type how much it is."
    if bargain.way is Way.AMOUNT:
        return Wish(offer=AmountOff(amount=number))
    # Two digits after the point: a per cent has as many basis points as a rupee has paise.
    return Wish(offer=PercentOff(rate=number)) if number <= BASIS else "More than 100 % cannot be taken off."


def base(state: State, bargain: Bargain) -> int:
    """What it is taken off: what everything that comes before has left of the line or the order, minor units."""
    place, lines = place_of(state, bargain), state.cart.lines
    if place is not None:
        lines = tuple(line.model_copy(update={"manual": None}) for line in lines)
    sums = priced(replace(state, cart=Cart(lines=lines)))
    if not isinstance(sums, Priced):
        return 0
    left = [times(line.unit_price, line.quantity) - line.discount if line.stocked else 0 for line in sums.lines]
    return left[place] if place is not None else sum(left)


def limit(bargain: Bargain, of: Leeway) -> int:
    """How much of it may be taken off, basis points."""
    return of.order if bargain.line is None else of.line


def allows(state: State, bargain: Bargain, wanted: Wish, of: Leeway) -> bool:
    """Whether it keeps a limit."""
    line = line_of(state, bargain)
    match wanted.offer:
        case PercentOff(rate=rate):
            return rate <= limit(bargain, of)
        case AmountOff(amount=amount):
            return amount <= portion(base(state, bargain), limit(bargain, of), BASIS)
        case None:
            return line is not None and of.allows_price(wanted.price, line.catalogue_price)


def beyond(state: State, bargain: Bargain, wanted: Wish) -> str:
    """Say why not even a manager may let it pass, or nothing."""
    widest, line = leeways(state).widest, line_of(state, bargain)
    if isinstance(wanted.offer, AmountOff) and wanted.offer.amount > (left := base(state, bargain)):
        return f"It costs only {format_money(left)}. Nothing was changed. Check the amount."
    if allows(state, bargain, wanted, widest):
        return ""
    if wanted.offer is not None:
        most = rate_text(limit(bargain, widest))
        return f"More than {most} may not be taken off here, not even with a manager. Nothing was changed."
    low, high = (format_money(each) for each in widest.prices(line.catalogue_price if line else 0))
    return f"Only a price from {low} to {high} may be set here. Nothing was changed."


def needs_approval(state: State, bargain: Bargain) -> bool:
    """Whether it is more than the person at the till may give, and not more than a manager may."""
    wanted = wish(bargain)
    if isinstance(wanted, str) or lost(state, bargain) or beyond(state, bargain, wanted):
        return False
    return not allows(state, bargain, wanted, leeway(state, state.sign_in.user))


def by_whom(bargain: Bargain, who: StaffMember, approver: StaffMember | None) -> ByHand:
    """Who gives it, why, and who lets it pass."""
    return ByHand(
        reason=bargain.reason.strip()[:LONGEST_REASON],
        staff_id=who.id,
        staff_name=who.name,
        approver_id=approver.id if approver else "",
        approved_by=approver.name if approver else "",
    )


def bargained(state: State, bargain: Bargain, wanted: Wish, by: ByHand, most: int) -> State:
    """The sale with the wish fulfilled; a discount never takes more than `most`, basis points."""
    place, line, given = place_of(state, bargain), line_of(state, bargain), dict(by)
    if wanted.offer is not None:
        manual = ManualDiscount(offer=wanted.offer, most=most, **given)
        return replace(state, cart=state.cart.discount(place, manual))
    if place is None or line is None:
        return state
    same = wanted.price == line.catalogue_price
    changed = None if same else ChangedPrice(catalogue=line.catalogue_price, **given)
    return replace(state, cart=state.cart.reprice(place, wanted.price, changed))


def undone(state: State, bargain: Bargain) -> State:
    """The sale without what was given before."""
    place, line = place_of(state, bargain), line_of(state, bargain)
    if bargain.way is Way.PRICE and place is not None and line is not None:
        return replace(state, cart=state.cart.reprice(place, line.catalogue_price))
    return replace(state, cart=state.cart.discount(place, None))


def outcome(state: State, bargain: Bargain) -> Outcome | None:
    """What the line or the order costs now and would cost then, whoever allows it; nothing where that is not known."""
    wanted, line = wish(bargain), line_of(state, bargain)
    if isinstance(wanted, str) or lost(state, bargain):
        return None
    someone = ByHand(reason="preview", staff_id="", staff_name="")
    then = bargained(state, bargain, wanted, someone, BASIS)
    key = "" if line is None else line.model_copy(update={"unit_price": wanted.price}).key
    before = _costs(state, line.key if line else "")
    after = _costs(then, key if wanted.offer is None else line.key if line else "")
    return None if before is None or after is None else Outcome(before, after)


def _costs(state: State, key: str) -> int | None:
    """What a line costs, or with no key the whole sale."""
    sums = priced(state)
    if not isinstance(sums, Priced):
        return None
    if not key:
        return sums.totals.total
    lines = zip(state.cart.lines, sums.lines, strict=False)  # a charge may follow the goods
    amounts = (times(sold.unit_price, sold.quantity) - sold.discount for line, sold in lines if line.key == key)
    return next(amounts, None)

"""The page as named regions; a region is drawn again only when the slice it needs has changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

import htpy as h

from app.domain.customer import Customer
from app.sync.banner import Banner
from app.sync.banner import banner as banner_for
from app.sync.cards import Standing
from app.sync.e_invoice import EInvoice
from app.sync.mode import Ability, Known, mode
from app.till.bargains import ways
from app.till.drawing import Drawing
from app.till.events.page import ShelfScrolled
from app.till.past import Row
from app.till.returned import NoteRow
from app.till.risk import Risk, risk
from app.till.selectors import locked, offers_sentence, pin_wait
from app.till.slices.orders import OrderFilter
from app.till.slices.same import Same
from app.till.state import Checkout, Screen, State
from app.till.ui.around import keys, update
from app.till.ui.banner import banner, toast, trouble
from app.till.ui.bargain import Bargaining
from app.till.ui.cart import cart
from app.till.ui.cart_lines import Beside
from app.till.ui.checkout import PARTS as CHECKOUT_PARTS
from app.till.ui.checkout import Completing, checkout
from app.till.ui.coupon import Couponing
from app.till.ui.customer_parts import Listed
from app.till.ui.delivery import Delivering
from app.till.ui.header import PARTS as HEADER_PARTS
from app.till.ui.header import header, place_of
from app.till.ui.language import speaking
from app.till.ui.leaving import Left
from app.till.ui.locking import lock
from app.till.ui.part import Late, Part, alone
from app.till.ui.paying import Paying
from app.till.ui.pos_settings import Pos
from app.till.ui.printing import Press
from app.till.ui.recovering import Rescue
from app.till.ui.reset import Asked
from app.till.ui.returning import Beside as Taking
from app.till.ui.returning_slices import exchange_of
from app.till.ui.saved import PAPER, saved
from app.till.ui.saved import first as first_words
from app.till.ui.scene import Scene
from app.till.ui.screens import SCREENS, Shown, Slice, View, open_dialog
from app.till.ui.sell import PARTS as SELL_PARTS
from app.till.ui.sell import SHELF, sell
from app.till.ui.sell import first as first_tiles
from app.till.ui.status import Counted

PARTS: Mapping[object, tuple[Part, ...]] = {header: HEADER_PARTS, sell: SELL_PARTS, checkout: CHECKOUT_PARTS}
"""Views that are drawn in parts where no more has changed."""
LATE: Mapping[object, Late] = {sell: Late(SHELF, first_tiles), saved: Late(PAPER, first_words)}
"""Views of which somebody waits for the beginning."""
WITHIN = {
    Screen.ORDER: Screen.ORDERS.value,
    Screen.RETURN: Screen.ORDERS.value,
    Screen.CREDIT_NOTE: Screen.ORDERS.value,
    Screen.CUSTOMER: Screen.CUSTOMERS.value,
}
"""Who goes back from these finds the other one as far down as it was left (public/scrolling.js)."""
_NOTHING = object()
BY_VALUE = (
    *(str, int, datetime, tuple, Known, Ability, Banner),
    *(Bargaining, Beside, Checkout, Completing, Couponing, Delivering, EInvoice, Paying, Row, OrderFilter),
    *(Customer, Listed, Counted, Asked, Risk, Standing, Pos, Press),
    *(Taking, NoteRow, Rescue, Left),
)
"""What is made afresh each time and small, so that equal means unchanged; all else is compared by identity."""


def main(*, screen: Screen, view: View, **slice_: object) -> h.Element:
    """The screen that is open."""
    # Status has nothing else to focus, and somebody without a mouse has to be able to scroll it.
    scrolled = {"data-scrolled": ShelfScrolled.__name__} if screen is Screen.SELL else {}
    scrolls = "0" if screen is Screen.STATUS else "-1"
    within = WITHIN.get(screen)
    return h.main("#main", scrolled, tabindex=scrolls, data_screen=screen.value, data_within=within)[view(**slice_)]


def dialog(*, view: View | None, **slice_: object) -> h.Element:
    """The dialog that is open, if any."""
    return h.div("#dialog")[view(**slice_) if view else None]


def cart_region(*, shown: bool, **slice_: Any) -> h.Element:
    """The cart beside the products; what nobody sees is not drawn."""
    return cart(**slice_) if shown else h.section("#cart", hidden=True)


def _main(scene: Scene) -> Slice:
    shown = SCREENS[scene.state.screen]
    return {"screen": scene.state.screen, "view": shown.view, **shown.needs(scene)}


def _dialog(scene: Scene) -> Slice:
    shown = open_dialog(scene)
    return {"view": shown.view, **shown.needs(scene)} if shown else {"view": None}


def _banner(scene: Scene) -> Slice:
    known = scene.known
    return {"banner": banner_for(known), "mode": mode(known), "folder": known.folder, "missing": known.missing}


def _header(scene: Scene) -> Slice:
    state = scene.state
    return {
        "place": place_of(state.screen),
        "store": scene.store,
        "register": scene.register,
        "user": state.sign_in.user,
        "known": scene.known,
        "popup": state.connection.popup,
        "synced": state.connection.synced.at,
        "catalogue": state.catalogue,
        "now": scene.minute,
        "training": state.training,
        "risk": risk(state),
    }


def _cart(scene: Scene) -> Slice:
    if not scene.cart_shown:
        return {"shown": False}
    return {
        "shown": True,
        "cart": scene.state.cart,
        "priced": scene.priced,
        "beside": scene.beside,
        "problem": scene.price_problem,
        "obstacle": scene.obstacle,
        "offers": offers_sentence(scene.state),
        "bargains": bool(ways(scene.state, None)),
        "opened": scene.state.cart_open,
        "training": scene.state.training,
        **exchange_of(scene),
    }


def _lock(scene: Scene) -> Slice:
    state = scene.state
    if not locked(state):
        return {}
    wait = pin_wait(state, state.sign_in.chosen)
    return {"slice_": state.sign_in, "staff": state.people.staff, "place": scene.place, "wait": wait}


REGIONS: dict[str, Shown] = {
    "header": Shown(header, _header),
    "banner": Shown(banner, _banner),
    "main": Shown(main, _main),
    "cart": Shown(cart_region, _cart),
    "dialog": Shown(dialog, _dialog),
    "lock": Shown(lock, _lock),
    "trouble": Shown(trouble, lambda scene: {"sentence": scene.state.trouble}),
    "keys": Shown(keys, lambda _: {}),
    "update": Shown(update, lambda _: {}),
    "toast": Shown(toast, lambda scene: {"toast": scene.state.toast}),
}
"""Each region is the element of index.html with that id; its view returns that very element."""


def redraw(old: State | None, new: State) -> dict[str, str]:
    """Return the HTML of each region whose slice changed, or of its parts, all of it at once."""
    return dict(_drawing(old, new, cut=False).now)


def drawing(old: State | None, new: State) -> Drawing:
    """Return what redraw() does, but of what somebody waits for the beginning first."""
    return _drawing(old, new, cut=True)


def _drawing(old: State | None, new: State, *, cut: bool) -> Drawing:
    """In another language everything has changed."""
    before, now = _seen(Same(old)) if old else None, _seen(Same(new))
    if before is not None and before.language != now.language:
        before = None
    drawn: dict[str, str] = {}
    later: dict[str, Callable[[], str] | None] = {}
    with speaking(now.language):
        for name, slice_ in now.slices.items():
            was = before.slices[name] if before else None
            changed = None if was is None else _changed(was, slice_)
            if changed is not None and not changed:
                continue
            late = LATE.get(slice_.get("view")) if cut else None
            first = late.first(_same_view(was, slice_), slice_) if late else slice_
            drawn |= _drawn(name, first, changed)
            if late and (first is not slice_ or drawn.keys() & {name, late.part.id}):
                rest = partial(_rest, now.language, late.part, slice_)
                later[late.part.id] = None if first is slice_ else rest
    return Drawing(drawn, later)


def _same_view(was: Slice | None, now: Slice) -> Slice:
    return was if was is not None and was.get("view") is now["view"] else {}


def _rest(language: str, part: Part, slice_: Slice) -> str:
    with speaking(language):
        return str(part.view(**{need: slice_[need] for need in part.needs}))


@dataclass(frozen=True, slots=True)
class Seen:
    """What all regions need of a state."""

    language: str
    slices: Mapping[str, Slice]


@lru_cache(maxsize=2)
def _seen(state: Same) -> Seen:
    # Remembered, because what is new now is what was there before at the next event.
    scene = Scene.of(state.only)
    return Seen(scene.language, {name: region.needs(scene) for name, region in REGIONS.items()})


def _drawn(name: str, slice_: Slice, changed: frozenset[str] | None) -> dict[str, str]:
    """Draw the parts that changed; where anything else did, or all of it, the whole region."""
    view = slice_.get("view", REGIONS[name].view)
    if changed is None or (parts := alone(PARTS.get(view, ()), changed)) is None:
        return {name: str(REGIONS[name].view(**slice_))}
    return {part.id: str(part.view(**{need: slice_[need] for need in part.needs})) for part in parts}


def _changed(before: Slice, now: Slice) -> frozenset[str]:
    """Names of what is not the same as before."""
    names = before.keys() | now.keys()
    return frozenset(name for name in names if not _same(before.get(name, _NOTHING), now.get(name, _NOTHING)))


def _same(before: object, now: object) -> bool:
    return before is now or (isinstance(now, BY_VALUE) and before == now)

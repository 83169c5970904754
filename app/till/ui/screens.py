"""Which view draws the main region on each screen, and which slice of the state it needs."""

from collections.abc import Callable
from dataclasses import dataclass

import htpy as h

from app.sync.mode import abilities, mode
from app.sync.online import AskQuote, AskStock, EditProduct
from app.sync.status import EnrolNeed
from app.till.parked import rows, usual_name
from app.till.risk import to_process
from app.till.selectors import (
    all_tenders,
    delivery_here,
    extensions_for,
    extras_line,
    managers,
    may_edit,
    news_sentence,
    offers_sentence,
    oldest_pending,
    pin_wait,
    waiting,
)
from app.till.shifts import all_shifts, reported
from app.till.slices.cards import Stage
from app.till.state import Screen
from app.till.ui.bargain import bargain
from app.till.ui.buyer import buyer
from app.till.ui.cards import store_card
from app.till.ui.checkout import checkout
from app.till.ui.choosing import choice
from app.till.ui.correcting import correcting
from app.till.ui.credit_note import credit_note
from app.till.ui.customer_slices import customer_asked_of, customer_of, customers_of
from app.till.ui.customers import customer, customers
from app.till.ui.delivery import Delivering
from app.till.ui.dialogs import above_limit, cash_out, doubted_clock, found_draft, override, ready
from app.till.ui.editing import edit_product
from app.till.ui.extras import extras
from app.till.ui.leaving import left_of
from app.till.ui.order import order
from app.till.ui.order_slices import order_of, orders_of, saved_of
from app.till.ui.orders import orders
from app.till.ui.parking import park, parked_sales
from app.till.ui.pos_settings import Pos
from app.till.ui.recovering import Rescue
from app.till.ui.reset import Asked, clearing, reset
from app.till.ui.returning import take_back
from app.till.ui.returning_slices import (
    credit_note_of,
    seeking_of,
    take_back_of,
    voiding_of,
)
from app.till.ui.saved import saved
from app.till.ui.scene import Scene
from app.till.ui.sell import sell
from app.till.ui.sell_slices import sell_of
from app.till.ui.settings import settings
from app.till.ui.shift import shift
from app.till.ui.sign_in import sign_in
from app.till.ui.starting import enrol, starting, stopped
from app.till.ui.status import Counted, status
from app.till.ui.syncing import sync_list
from app.till.ui.voiding import seek_sale, void_sale
from app.till.upkeep import ANEW, left_here, unexported, waiting_entries, why_no_reset, why_not_anew

Slice = dict[str, object]
View = Callable[..., h.Element]


@dataclass(frozen=True, slots=True)
class Shown:
    """A view, and what it is given."""

    view: View
    needs: Callable[[Scene], Slice]


def _starting(scene: Scene) -> Slice:
    state, connection = scene.state, scene.state.connection
    shown: Slice = {"progress": connection.progress, "link": connection.link, "problem": state.stopped}
    return shown | {"formers": state.formers}


def _enrol(scene: Scene) -> Slice:
    state = scene.state
    waits = state.enrol is EnrolNeed.SERVER
    return {"link": state.connection.link, "waits_for_server": waits, "formers": state.formers}


def _sign_in(scene: Scene) -> Slice:
    state = scene.state
    shown: Slice = {"slice_": state.sign_in, "staff": state.people.staff, "store": scene.place}
    shown |= {"formers": state.formers, "left": left_of(state, scene.known)}
    return shown | {"wait": pin_wait(state, state.sign_in.chosen)}


def _checkout(scene: Scene) -> Slice:
    state = scene.state
    return {
        "slice_": scene.filled,
        "cart": state.cart,
        "sums": scene.priced,
        "offers": offers_sentence(state) or news_sentence(state),
        "couponing": scene.couponing,
        "paying": scene.paying,
        "staff": state.people.staff,
        "delivering": Delivering(delivery_here(state), waiting(state, AskQuote), scene.zone),
        "common_notes": state.people.settings.common_notes if state.people.settings else (),
        "completing": scene.completing,
    }


def _shift(scene: Scene) -> Slice:
    state = scene.state
    people: Slice = {"settings": state.people.settings, "user": state.sign_in.user, "register": scene.register}
    shown: Slice = {"opened": reported(state, state.shift.report), "press": scene.press}
    return {"desk": state.shift, "shifts": all_shifts(state), **shown, **people}


def _settings(scene: Scene) -> Slice:
    common: Slice = {"known": scene.known, "connection": scene.state.connection}
    more: Slice = {"journal": scene.state.journal, "oldest": oldest_pending(scene.state)}
    more |= {"sessions": scene.state.session_filter}
    more |= {"training": scene.state.training, "user": scene.state.sign_in.user}
    more |= {"pos": Pos(scene.press, scene.state.quick, all_tenders(scene.state))}
    state, up = scene.state, scene.known.up
    rescue = Rescue(state.recovering, state.formers, managers(state), scene.managers_wait, up, scene.zone)
    return common | more | {"now": scene.minute, "zone": scene.zone, "rescue": rescue}


def _status(scene: Scene) -> Slice:
    state = scene.state
    common: Slice = {"known": scene.known, "connection": state.connection, "registered": state.registered}
    common |= {"catalogue": state.catalogue, "head": state.journal.head, "upkeep": state.upkeep}
    waits = left_here(state) if mode(scene.known) in ANEW else waiting_entries(state)
    parked, whys = len(state.parking.parked), (why_no_reset(state), why_not_anew(state))
    counted = Counted(len(waits), unexported(state, waits), parked, *whys)
    common |= {"counted": counted, "office": abilities(mode(scene.known)).office}
    return common | {"now": scene.minute, "zone": scene.zone}


SCREENS: dict[Screen, Shown] = {
    Screen.STARTING: Shown(starting, _starting),
    Screen.ENROL: Shown(enrol, _enrol),
    Screen.SIGN_IN: Shown(sign_in, _sign_in),
    Screen.SELL: Shown(sell, sell_of),
    Screen.CHECKOUT: Shown(checkout, _checkout),
    Screen.SAVED: Shown(saved, saved_of),
    Screen.CUSTOMERS: Shown(customers, customers_of),
    Screen.CUSTOMER: Shown(customer, customer_of),
    Screen.ORDERS: Shown(orders, orders_of),
    Screen.ORDER: Shown(order, order_of),
    Screen.RETURN: Shown(take_back, take_back_of),
    Screen.CREDIT_NOTE: Shown(credit_note, credit_note_of),
    Screen.SHIFT: Shown(shift, _shift),
    Screen.SETTINGS: Shown(settings, _settings),
    Screen.STATUS: Shown(status, _status),
    Screen.STOPPED: Shown(stopped, lambda scene: {"why": scene.state.stopped}),
}


def _clock(scene: Scene) -> Slice:
    state = scene.state
    return {"doubt": state.clock, "managers": managers(state), "wait": scene.managers_wait, "zone": scene.zone}


def _override(scene: Scene) -> Slice:
    return {"slice_": scene.state.browse.override, "managers": managers(scene.state), "wait": scene.managers_wait}


def _parked(scene: Scene) -> Slice:
    return {"listed": rows(scene.state), "why": scene.state.parking.problem, "zone": scene.zone}


def _cash_out(scene: Scene) -> Slice:
    return {"approval": scene.state.shift.approval, "managers": managers(scene.state), "wait": scene.managers_wait}


def _above_limit(scene: Scene) -> Slice:
    approval = scene.state.checkout.approval if scene.state.checkout else None
    return {"approval": approval, "managers": managers(scene.state), "wait": scene.managers_wait}


def _asks_for_a_card(scene: Scene) -> bool:
    card = scene.terminal.attempt
    return card is not None and card.stage is Stage.MANAGER


def _store_card(scene: Scene) -> Slice:
    return {"attempt": scene.terminal.attempt, "managers": managers(scene.state), "wait": scene.managers_wait}


def _readiness(scene: Scene) -> Slice:
    return {"known": scene.known, "connection": scene.state.connection, "now": scene.minute}


def _sync_list(scene: Scene) -> Slice:
    state, connection = scene.state, scene.state.connection
    common: Slice = {"journal": state.journal, "slice_": state.sync_list, "ability": abilities(mode(scene.known)).sync}
    more: Slice = {"connection": connection, "user": state.sign_in.user, "cards": to_process(state)}
    return common | more | {"zone": scene.zone}


def _correcting(scene: Scene) -> Slice:
    state = scene.state
    common: Slice = {"slice_": state.looking_back.correcting, "row": scene.opened, "staff": state.people.staff}
    return common | {"tenders": state.people.tenders, "managers": managers(state), "wait": scene.managers_wait}


def _choice(scene: Scene) -> Slice:
    state = scene.state
    common: Slice = {"slice_": state.browse.choice, "live": state.live, "asking": waiting(state, AskStock)}
    common |= {"ability": abilities(mode(scene.known)).live_stock, "editable": may_edit(state)}
    return common | {"zone": scene.zone, "synced_at": state.connection.synced.at}


def _editing(scene: Scene) -> Slice:
    state = scene.state
    return {"slice_": state.editing, "asking": waiting(state, EditProduct), "why": may_edit(state).reason}


def _extras(scene: Scene) -> Slice:
    state, line = scene.state, extras_line(scene.state)
    offered = extensions_for(state, line) if line else ()
    return {"cart": state.cart, "line": line, "offered": offered, "ability": scene.extras_ability}


def _reset(scene: Scene) -> Slice:
    state, upkeep = scene.state, scene.state.upkeep
    waits, parked = waiting_entries(state), len(state.parking.parked)
    asked = Asked(len(waits), unexported(state, waits), parked, scene.managers_wait, upkeep.checking, upkeep.problem)
    return {"why": why_no_reset(state), "asked": asked, "managers": managers(state)}


DIALOGS: tuple[tuple[Callable[[Scene], bool], Shown], ...] = (
    (
        lambda scene: bool(scene.state.upkeep.wanted),
        Shown(clearing, lambda scene: {"done": scene.state.upkeep.done}),
    ),
    (lambda scene: scene.state.upkeep.asking, Shown(reset, _reset)),
    (lambda scene: scene.state.shift.approval is not None, Shown(cash_out, _cash_out)),
    (
        lambda scene: scene.state.checkout is not None and scene.state.checkout.approval is not None,
        Shown(above_limit, _above_limit),
    ),
    (_asks_for_a_card, Shown(store_card, _store_card)),
    (lambda scene: scene.state.parking.naming, Shown(park, lambda scene: {"usual": usual_name(scene.state)})),
    (lambda scene: scene.state.parking.listed, Shown(parked_sales, _parked)),
    (lambda scene: scene.state.clock is not None, Shown(doubted_clock, _clock)),
    (lambda scene: scene.state.browse.override is not None, Shown(override, _override)),
    (
        lambda scene: scene.state.browse.choice is not None,
        Shown(choice, _choice),
    ),
    (
        lambda scene: scene.state.bargain is not None,
        Shown(bargain, lambda scene: {"slice_": scene.state.bargain, "bargaining": scene.bargaining}),
    ),
    (lambda scene: extras_line(scene.state) is not None, Shown(extras, _extras)),
    (
        lambda scene: scene.state.checkout is not None and scene.state.checkout.customer_open,
        Shown(buyer, customer_asked_of),
    ),
    (
        lambda scene: scene.state.looking_back.correcting is not None and scene.opened is not None,
        Shown(correcting, _correcting),
    ),
    (lambda scene: scene.state.backs.seeking is not None, Shown(seek_sale, seeking_of)),
    (
        lambda scene: scene.state.backs.voiding is not None and scene.opened is not None,
        Shown(void_sale, voiding_of),
    ),
    (lambda scene: scene.state.editing is not None, Shown(edit_product, _editing)),
    (lambda scene: scene.state.connection.popup, Shown(ready, _readiness)),
    (lambda scene: scene.state.sync_list.opened, Shown(sync_list, _sync_list)),
    (
        lambda scene: scene.state.found_draft is not None and scene.state.sign_in.user is not None,
        Shown(found_draft, lambda scene: {"draft": scene.state.found_draft}),
    ),
)
"""The dialogs in order of urgency: the first that is wanted is the one that is open."""


def open_dialog(scene: Scene) -> Shown | None:
    """The one dialog that is shown, if any."""
    return next((shown for wanted, shown in DIALOGS if wanted(scene)), None)

"""Starting: what the device and the courier know comes in, and the first screen follows from it; and stopping."""

from collections.abc import Mapping

from app.domain.preferences import read_preferences
from app.sync.again import read_again
from app.sync.cards import read_memory
from app.sync.chosen import read_chosen
from app.sync.records import read_record
from app.sync.recovering import RECOVERY, Wish
from app.sync.status import RESET, EnrolNeed
from app.till.effects import Effect, KeepLocal, LookAtPrinter, Search, ShowProduct, ShowQuick
from app.till.events import (
    CatalogueDamaged,
    CatalogueSeen,
    CodeGiven,
    Crashed,
    JournalBroken,
    JournalRead,
    LocalSeen,
    NotNoted,
    OlderRead,
    PeopleSeen,
    ScreenOpened,
    TakenOver,
    TroubleSeen,
)
from app.till.flow.checkout import followed
from app.till.flow.keeping import while_open
from app.till.flow.linking import remembered as remembered_links
from app.till.flow.local import (
    AGAIN,
    AUTO_SYNC,
    CARDS,
    CHOSEN,
    ENROL_CODE,
    LANGUAGE,
    LINKS,
    MANUAL,
    OFF,
    ON,
    PIN_WAITS,
    PREFERENCES,
    TRAINING,
)
from app.till.flow.news import looked_up
from app.till.flow.pins import remembered
from app.till.flow.refreshing import refreshed
from app.till.flow.repricing import repricing
from app.till.flow.selling import next_begun
from app.till.flow.sessions import open_session
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.flow.upkeep import looked_at
from app.till.selectors import known
from app.till.slices.links import Links
from app.till.slices.recovering import Recovering
from app.till.slices.returning import Desk as ReturnDesk
from app.till.state import Checkout, Kept, Screen, State

BEFORE_SIGN_IN = frozenset({Screen.STARTING, Screen.ENROL, Screen.SIGN_IN})
PLACES = frozenset({Screen.SELL, Screen.ORDERS, Screen.CUSTOMERS, Screen.SHIFT, Screen.SETTINGS, Screen.STATUS})
"""Where the navigation leads."""
FOUND = (
    "{number} had been saved after all; it is in Orders. "
    "If no goods or no money changed hands for it, void it or take it back there."
)
NOT_NOTED = (
    "A change could not be written down: the browser’s storage failed. Saved sales are safe. "
    "The change holds only until this page is closed, and sending does not know of it. Make it again."
)
NOT_NOTED_FULL = (
    "A change could not be written down: the disk of this device is full. Saved sales are safe. "
    "The change holds only until this page is closed, and sending does not know of it. "
    "Free some space, then make it again."
)
TAKEN_OVER = (
    "This register was opened in another tab. Everything that was saved is safe. "
    "Go on there, or close it and reload this one."
)
CLEARED = (
    "The data of this browser was cleared. "
    "What was sent is safe at the store’s server, and what is in the folder is safe there. "
    "Reload this page, then recover this register in Settings."
)


def settled(state: State) -> State:
    """Choose the screen while nobody is signed in: enrol, wait with progress, or sign in."""
    if state.screen not in BEFORE_SIGN_IN:
        return state
    if state.registered is None:
        waits_for_code = state.enrol is EnrolNeed.CODE
        return replace(state, screen=Screen.ENROL if waits_for_code else Screen.STARTING)
    there = state.journal.head is not None and any(member.active for member in state.people.staff)
    return replace(state, screen=Screen.SIGN_IN if there else Screen.STARTING)


def local_seen(state: State, event: LocalSeen) -> Step:
    """This device remembers wrong PINs, Offline Mode by hand, Auto-Sync, its language and its POS settings."""
    local = event.local
    connection = replace(state.connection, manual=local.get(MANUAL) == ON, auto_sync=local.get(AUTO_SYNC, ON) == ON)
    waits, language = remembered(local.get(PIN_WAITS, "")), local.get(LANGUAGE, "")
    links = Links(loose=remembered_links(local.get(LINKS, "")))
    cards = replace(state.cards, memory=read_memory(local.get(CARDS, "")))
    looking_back = replace(state.looking_back, again=read_again(local.get(AGAIN, "")))
    sync_list = replace(state.sync_list, asked=read_chosen(local.get(CHOSEN, "")))
    seen = recalled(replace(state, looking_back=looking_back, links=links, sync_list=sync_list, cards=cards), local)
    # A reset that the courier has not followed did not happen: nobody may find an empty register in an outage.
    asked: tuple[Effect, ...] = (KeepLocal(RESET, ""),) if local.get(RESET) else ()
    opened = replace(seen, sign_in=waits, connection=connection, draft_id=event.fresh, language=language)
    return Step(opened, (*asked, LookAtPrinter()) if seen.preferences.drives_printer else asked)


def not_noted(state: State, event: NotNoted) -> Step:
    """It did change here, and does not outlive the page; the courier reads the disk."""
    return troubled(state, NOT_NOTED_FULL if event.full else NOT_NOTED)


def recalled(state: State, local: Mapping[str, str]) -> State:
    """How this register was set up."""
    preferences = read_preferences(local.get(PREFERENCES, "{}"))
    seen = replace(state, preferences=preferences)
    wish = read_record(Wish, local.get(RECOVERY, ""))
    return replace(seen, training=local.get(TRAINING) == ON, recovering=Recovering(wish=wish))


def code_given(state: State, event: CodeGiven) -> Step:
    """The courier enrols; the answer comes with its status."""
    code = event.code.strip()
    return Step(state, (KeepLocal(ENROL_CODE, code),)) if code else Step(state)


def people_seen(state: State, event: PeopleSeen) -> Step:
    """Staff, tenders, customers and settings came; whoever left the staff finishes the open sale and no other."""
    user = state.sign_in.user
    fresh_user = next((each for each in event.people.staff if user is not None and each.id == user.id), user)
    seen = replace(state, people=event.people, sign_in=replace(state.sign_in, user=fresh_user))
    gone = fresh_user is not None and not fresh_user.active and not state.cart.lines and state.checkout is None
    if gone:
        seen = replace(seen, sign_in=replace(seen.sign_in, user=None, chosen=""), screen=Screen.SIGN_IN)
    return withdrawn(followed(state, settled(seen)))


def withdrawn(state: State) -> Step:
    """Offline Mode by hand ends where the back office does not allow it any more; what waits is sent then.

    A register that is offline does not hear of it: its session goes on until it is back, or is turned off.
    """
    if not state.connection.manual or known(state).feature:
        return Step(state)
    return Step(replace(state, connection=replace(state.connection, manual=False)), (KeepLocal(MANUAL, OFF),))


def catalogue_seen(state: State, event: CatalogueSeen) -> Step:
    """Another catalogue is in use: what is on the screen is asked for again."""
    browse = replace(state.browse, asked=state.browse.asked + 1)
    seen = replace(state, catalogue=event.catalogue, browse=browse)
    edited = (ShowProduct(state.editing.product.id),) if state.editing else ()
    asked = (Search(browse.text, browse.category, browse.asked), looked_up(seen), ShowQuick(seen.preferences.quick))
    return Step(settled(seen), (*asked, *edited))


def catalogue_damaged(state: State, event: CatalogueDamaged) -> Step:
    return troubled(state, event.why)


def journal_read(state: State, event: JournalRead) -> Step:
    journal = replace(state.journal, head=event.head, kept=event.kept, anchor=event.anchor, whole=event.whole)
    connection = replace(state.connection, session_id=open_session(event.kept))
    read = settled(replace(state, journal=journal, connection=connection))
    found = _unnoticed(state, event.kept)
    return troubled(read, FOUND.format(number=", ".join(found))) if found else Step(read)


def older_read(state: State, event: OlderRead) -> Step:
    """The rest is open: an offline session may be in it that goes on."""
    journal = replace(state.journal, kept=state.journal.joined(event.kept), whole=True)
    connection = replace(state.connection, session_id=state.connection.session_id or open_session(journal.kept))
    return Step(replace(state, journal=journal, connection=connection))


def _unnoticed(state: State, kept: tuple[Kept, ...]) -> tuple[str, ...]:
    """The numbers that are in the journal since the start and that nobody was told of; not what is written just now."""
    head, checkout, back = state.journal.head, state.checkout, state.backs.returning
    if head is None:
        return ()
    sale = {checkout.order_id, f"{checkout.order_id}-back"} if checkout and checkout.saving else set()
    now = sale | ({back.entry_id} if back and back.writing else set())
    new = (each.header for each in kept if each.header.seq > head.seq and each.header.id not in now)
    return tuple(header.number for header in new if header.number)


def journal_broken(state: State, event: JournalBroken) -> Step:
    """What is damaged stands as it is; the next entry goes after it, so no number comes twice."""
    return troubled(state, event.why)


def taken_over(state: State, event: TakenOver) -> Step:
    return changed(state, screen=Screen.STOPPED, stopped=CLEARED if event.cleared else TAKEN_OVER)


def crashed(state: State, event: Crashed) -> Step:
    """Say so, and let a PIN be typed again; a sale on its way is left to the answer that is still to come."""
    override, clock, approval, bargain = state.browse.override, state.clock, state.shift.approval, state.bargain
    back, voiding = state.backs.returning, state.backs.voiding
    return changed(
        state,
        trouble=event.sentence,
        sign_in=replace(state.sign_in, checking=False),
        browse=replace(state.browse, override=replace(override, checking=False) if override else None),
        clock=replace(clock, checking=False) if clock else None,
        checkout=_answerable(state.checkout) if state.checkout else None,
        bargain=replace(bargain, checking=False) if bargain else None,
        looking_back=replace(state.looking_back, correcting=None),
        backs=replace(
            state.backs,
            voiding=voiding if voiding and voiding.writing else None,
            returning=replace(back, checking=False) if back else None,
        ),
        shift=replace(state.shift, approval=replace(approval, checking=False) if approval else None),
        upkeep=replace(state.upkeep, checking=False),
    )


def _answerable(checkout: Checkout) -> Checkout:
    """Checkout with no PIN under way."""
    card, limit = checkout.card, checkout.approval
    return replace(
        checkout,
        card=replace(card, checking=False) if card else None,
        approval=replace(limit, checking=False) if limit else None,
    )


def screen_opened(state: State, event: ScreenOpened) -> Step:
    """Go where the navigation leads; an open sale stays open."""
    if state.sign_in.user is None or state.screen is Screen.STOPPED or event.screen not in PLACES:
        return Step(state)
    return next_begun(state).then(lambda now: _opened(now, event.screen)).then(refreshed)


def _opened(state: State, screen: Screen) -> Step:
    if state.sign_in.user is None:
        return Step(state)
    backs = state.backs if state.backs.writing else ReturnDesk()
    opened = replace(state, screen=screen, opened_order="", backs=backs)
    return Step(opened, looked_at() if screen is Screen.STATUS else ())


def trouble_seen(state: State, _: TroubleSeen) -> Step:
    return changed(state, trouble="")


HANDLERS: Handlers = {
    LocalSeen: local_seen,
    NotNoted: not_noted,
    CodeGiven: code_given,
    PeopleSeen: repricing(people_seen),
    CatalogueSeen: catalogue_seen,
    CatalogueDamaged: catalogue_damaged,
    JournalRead: journal_read,
    OlderRead: older_read,
    JournalBroken: journal_broken,
    TakenOver: taken_over,
    Crashed: crashed,
    ScreenOpened: while_open(screen_opened),
    TroubleSeen: trouble_seen,
}

"""What the screens about goods that come back need of the state."""

from app.domain.returning import Standing, left
from app.sync.returns import AskSale
from app.till.returned import backs_of, exchange_worth, needs_manager, note_row, refund_tenders, stands, worked_out
from app.till.selectors import managers, reprint, waiting
from app.till.slices.returning import Returning
from app.till.taking_back import picked, unreturnable, unvoidable
from app.till.ui.returning import Beside
from app.till.ui.scene import Scene

Slice = dict[str, object]


def take_back_of(scene: Scene) -> Slice:
    desk = scene.state.backs.returning
    return {"desk": desk, "beside": _beside(scene, desk) if desk else None}


def _beside(scene: Scene, desk: Returning) -> Beside:
    state, settings = scene.state, scene.state.people.settings
    picks = picked(state, desk)
    worked = None if isinstance(picks, str) else worked_out(state, desk, picks)
    watched = worked is not None and needs_manager(state, worked)
    return Beside(
        remaining=left(desk.order, backs_of(state.journal, desk.order.id, desk.elsewhere)),
        worked=worked,
        why=unreturnable(state, desk),
        asking=waiting(state, AskSale),
        managers=managers(state) if watched else (),
        wait=scene.managers_wait if watched else 0,
        tenders=refund_tenders(state),
        reasons=settings.return_reasons if settings else (),
        zone=scene.zone,
    )


def credit_note_of(scene: Scene) -> Slice:
    state = scene.state
    row = note_row(state.journal, state.backs.opened)
    again = reprint(state, state.backs.opened)
    return {"row": row, "made": state.backs.made, "reprint": again, "footer": scene.footer, "press": scene.press}


def seeking_of(scene: Scene) -> Slice:
    return {"slice_": scene.state.backs.seeking, "asking": waiting(scene.state, AskSale)}


def voiding_of(scene: Scene) -> Slice:
    found, state = scene.opened, scene.state
    dialog = state.backs.voiding
    why = unvoidable(state, found, dialog.elsewhere) if found and dialog else ""
    common: Slice = {"slice_": dialog, "order": found.order if found else None, "why": why}
    return common | {"asking": waiting(state, AskSale), "managers": managers(state), "wait": scene.managers_wait}


def order_backs_of(scene: Scene) -> Slice:
    """What came back of the order that is looked at."""
    row, journal = scene.opened, scene.state.journal
    backs = backs_of(journal, row.order.id) if row else ()
    return {"backs": backs, "stands": stands(journal, row.order) if row else Standing.WHOLE}


def exchange_of(scene: Scene) -> Slice:
    """What an exchange counts towards the open sale."""
    return {"exchange": scene.state.exchange, "worth": exchange_worth(scene.state)}

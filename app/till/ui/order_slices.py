"""What the screens about orders that were made need of the state."""

from app.sync.e_invoice import standing
from app.till.returned import note_row
from app.till.risk import standings
from app.till.selectors import reprint
from app.till.ui.returning_slices import order_backs_of
from app.till.ui.scene import Scene

Slice = dict[str, object]


def saved_of(scene: Scene) -> Slice:
    order_id = scene.state.saved.id if scene.state.saved else ""
    order, again = scene.state.saved, reprint(scene.state, order_id)
    known = standing(order, scene.state.e_invoices) if order else None
    note = note_row(scene.state.journal, order.credit.note_id) if order and order.credit else None
    common: Slice = {"order": order, "reprint": again, "footer": scene.footer, "e_invoice": known}
    return common | {"note": note.note if note else None, "press": scene.press}


def orders_of(scene: Scene) -> Slice:
    state = scene.state
    back = state.looking_back
    common: Slice = {"journal": state.journal, "filter_": back.filter, "opened": back.filters_open, "zone": scene.zone}
    return common | {"tenders": state.people.tenders, "older": not state.journal.reaches_back}


def order_of(scene: Scene) -> Slice:
    row, state = scene.opened, scene.state
    known = standing(row.order, state.e_invoices) if row else None
    common: Slice = {"row": row, "connection": state.connection, "e_invoice": known}
    common |= {"press": scene.press, "reprint": reprint(state, state.opened_order)}
    cards = standings(state).get(row.order.id) if row else None
    return common | {"footer": scene.footer, "zone": scene.zone, "cards": cards} | order_backs_of(scene)

"""What the screens of customers need of the state: the first who were found, and what is to be said about them."""

from app.domain.customer import Customer
from app.sync.mode import abilities, mode
from app.sync.questions import CustomerByCode
from app.till import directory
from app.till.ui.customer_parts import Listed, Row
from app.till.ui.scene import Scene

MATCHES = 6
"""Customers in the dialog at most: more would push the form away."""
Slice = dict[str, object]


def customers_of(scene: Scene) -> Slice:
    slice_ = scene.state.customers
    listed = _listed(scene, slice_.text, directory.MOST)
    return {"text": slice_.text, "listed": listed, "notice": slice_.notice, **_scanning(scene)}


def customer_of(scene: Scene) -> Slice:
    state, slice_ = scene.state, scene.state.customers
    known = directory.customer_of(state, slice_.opened)
    shown = slice_.typed or known or Customer(id=slice_.opened, name="")
    return {
        "customer": shown,
        "new": not slice_.opened,
        "clashes": directory.clashes_of(state, known) if known else (),
        "remark": directory.remark(state, slice_.opened),
        "problem_": slice_.problem,
        "saving": bool(slice_.saving),
        "unsent": slice_.opened in directory.unsent(state),
    }


def customer_asked_of(scene: Scene) -> Slice:
    checkout = scene.state.checkout
    sought = checkout.customer_sought if checkout else ""
    return {
        "customer": checkout and checkout.customer,
        "typed": checkout and checkout.customer_typed,
        "sought": sought,
        "listed": _listed(scene, sought, MATCHES) if sought else Listed((), 0),
        "problem_": checkout.problem if checkout else "",
        **_scanning(scene),
    }


def _scanning(scene: Scene) -> Slice:
    waits = any(isinstance(each.question, CustomerByCode) for each in scene.state.asked.values())
    return {"scanning": abilities(mode(scene.known)).customer_scan, "waits": waits}


def _listed(scene: Scene, text: str, most: int) -> Listed:
    state, hits = scene.state, directory.found(scene.state, text)
    unsent, doubtful = directory.unsent(state), directory.doubtful(state)
    rows = (Row(each, each.id in unsent, each.id in doubtful) for each in hits[:most])
    return Listed(tuple(rows), len(hits))

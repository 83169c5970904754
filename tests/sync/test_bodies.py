"""Bodies of entries, and what they mean for offline sessions."""

import pytest

from app.domain.session import Closed, Happening, Opened, Outcome, Sold, Why
from app.sync.bodies import BODIES, Body, Reprint, Sale, SessionClosed, SessionOpened, happening
from tests.conftest import NOW, order

SALE = Sale(order=order(offline=True))


@pytest.mark.parametrize("kind", list(BODIES))
def test_a_body_names_the_kind_it_stands_under(kind: str) -> None:
    """A body that was moved under another header must not read as something else."""
    model = BODIES[kind].core_schema["cls"]  # type: ignore[index]

    assert kind == model.model_fields["kind"].default


def test_a_sale_reads_back_as_it_was() -> None:
    """To the paisa and the gram, a year later."""
    assert SALE == BODIES[SALE.kind].validate_json(SALE.model_dump_json())  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (SessionOpened(session_id="s", at=NOW, why=Why.BY_HAND), Opened("s", NOW, Why.BY_HAND)),
        (SessionClosed(session_id="s", at=NOW, why=Why.CONNECTION), Closed("s", NOW, Why.CONNECTION)),
        (SALE, Sold("o1", 49_900, Outcome.BOOKED, (("Cash at Store", 49_900),))),
        (Sale(order=order()), None),
        (Reprint(order_id="o1", number="DS01A2627-00001"), None),
        (None, None),
    ],
    ids=["opened", "closed", "offline sale", "online sale", "reprint", "unknown kind"],
)
def test_what_an_entry_means_for_sessions(body: Body | None, meaning: Happening | None) -> None:
    """S19 counts the orders that were made offline, and nothing else."""
    assert meaning == happening(body, Outcome.BOOKED)

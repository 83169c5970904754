"""Released formats: every one must still be read, and the newest is what we write today, byte for byte.

A format that has grown keeps its old file and gets another one with the next number.
"""

from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.money import Value
from app.domain.order import Order
from app.sync.bodies import (
    BODIES,
    Amended,
    Cash,
    Clock,
    CreditNote,
    CustomerChanged,
    Drawer,
    PaymentIntent,
    Reprint,
    Sale,
    SessionClosed,
    SessionOpened,
    Shift,
    Training,
    Void,
)
from app.sync.cards import CardAnswer, CardAsked, CardMemory, Processed
from app.sync.checkpoint import Anchor, Checkpoint
from app.sync.e_invoice import EInvoice
from app.sync.entry import Entry, Sealed, assemble, header_bytes, parse, split
from app.sync.former import Former
from app.sync.lease import Lease, LeaseAnswer, LeaseRequest
from app.sync.protocol import (
    ChangesPage,
    Enrolment,
    EnrolOffer,
    EnrolRequest,
    Manifest,
    Pong,
    Problem,
    SettingsChange,
    Verdicts,
    read,
)
from app.sync.returns import KnownSale
from app.sync.said import KeptVerdict

GOLDEN = Path(__file__).parent.parent / "golden"
KEY, IV = bytes(range(32)), bytes(range(12))
DOCUMENTS: dict[str, type[Value]] = {
    "pong": Pong,
    "enrol-offer": EnrolOffer,
    "enrol-request": EnrolRequest,
    "enrolment": Enrolment,
    "manifest": Manifest,
    "changes-page": ChangesPage,
    "verdicts": Verdicts,
    "problem": Problem,
    "order": Order,
    "training": Training,
    "session-opened": SessionOpened,
    "session-closed": SessionClosed,
    "reprint": Reprint,
    "payment-intent": PaymentIntent,
    "clock": Clock,
    "amended": Amended,
    "e-invoice": EInvoice,
    "customer-changed": CustomerChanged,
    "shift-opened": Shift,
    "shift-closed": Shift,
    "cash": Cash,
    "card-asked": CardAsked,
    "card-answer": CardAnswer,
    "processed": Processed,
    "card-memory": CardMemory,
    "drawer": Drawer,
    "credit-note": CreditNote,
    "void": Void,
    "known-sale": KnownSale,
    "lease": Lease,
    "lease-request": LeaseRequest,
    "lease-answer": LeaseAnswer,
    "checkpoint": Checkpoint,
    "anchor": Anchor,
    "kept-verdict": KeptVerdict,
    "former": Former,
}


def released(name: str) -> list[Path]:
    """The files of a format in their order; the tenth comes after the ninth."""
    return sorted(GOLDEN.glob(f"{name}-[0-9]*.json"), key=lambda path: int(path.stem.rpartition("-")[2]))


RELEASED = [(name, path) for name in DOCUMENTS for path in released(name)]
NEWEST = dict(RELEASED)
ENTRIES = released("entry")


def entry_of(path: Path) -> tuple[Entry, Sealed, Sale]:
    line = path.read_bytes()
    found, parts = parse(line), split(line)
    assert isinstance(found, Entry), found
    assert isinstance(parts, Sealed), parts
    body = AESGCM(KEY).decrypt(b64decode(parts.iv), b64decode(parts.sealed), parts.bound)
    sale = BODIES[found.header.kind].validate_json(body)
    assert isinstance(sale, Sale)
    return found, parts, sale


@pytest.mark.parametrize(("name", "path"), RELEASED, ids=lambda given: getattr(given, "stem", ""))
def test_a_released_document_is_still_read(name: str, path: Path) -> None:
    """Registers and servers are updated on different days."""
    found = read(DOCUMENTS[name], path.read_bytes())

    assert isinstance(found, DOCUMENTS[name]), found


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("changes-page-*.json")), ids=lambda path: path.stem)
def test_a_store_from_before_keeps_the_features_that_it_uses(path: Path) -> None:
    """O1: off became the default; every release has written both switches down, so no store loses them by an update."""
    page = read(ChangesPage, path.read_bytes())
    assert isinstance(page, ChangesPage)
    given = [change.value for change in page.changes if isinstance(change, SettingsChange) and change.value]

    assert [(True, True)] == [(each.offline_mode, each.auto_detect) for each in given]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_written_today_is_the_newest_document(name: str) -> None:
    """A field that changed its form by accident would be found by a customer's register otherwise."""
    released = NEWEST[name].read_bytes()

    assert released.decode() == DOCUMENTS[name].model_validate_json(released).model_dump_json()


def test_every_kind_of_entry_has_a_released_body() -> None:
    """A kind without one could change its form unseen; that of a sale is in the entries themselves."""
    released = {*DOCUMENTS.values(), Sale}

    assert [] == [kind for kind, body in BODIES.items() if body._type not in released]


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_a_released_entry_is_still_read_and_opened(path: Path) -> None:
    """A folder from today has to be readable in ten years: seal, header and order."""
    found, _, sale = entry_of(path)

    assert (found.header.id, found.header.number) == (sale.order.id, sale.order.number)


def test_an_entry_written_today_is_the_newest_one() -> None:
    """These bytes are hashed: any difference breaks the chain of every register in the field."""
    found, _, sale = entry_of(ENTRIES[-1])
    header = header_bytes(found.header)
    sealed = AESGCM(KEY).encrypt(IV, sale.model_dump_json().encode(), header)

    assert found == assemble(found.header, b64encode(IV).decode(), b64encode(sealed).decode())


def test_an_entry_whose_header_was_changed_does_not_open() -> None:
    """The seal binds the header: another number or another time cannot be put on a sale."""
    line = ENTRIES[-1].read_bytes().replace(b"DS01A2627-00042", b"DS01A2627-00043")
    parts = split(line)
    assert isinstance(parts, Sealed)

    with pytest.raises(InvalidTag):
        AESGCM(KEY).decrypt(b64decode(parts.iv), b64decode(parts.sealed), parts.bound)

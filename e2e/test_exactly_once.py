"""The courier without a browser, over a bad line to a real server: nothing lost, nothing doubled, nothing half."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from app.catalogue.image import Catalogue
from app.catalogue.stored import open_stored
from app.courier import pulling
from app.courier.courier import look
from app.courier.errands import Errand
from app.sync.protocol import Verdict, VerdictKind
from app.sync.said import opened
from app.sync.status import EnrolNeed, Link
from e2e.line import Line, Request
from e2e.store import Store
from tests.conftest import line as cart_line
from tests.conftest import order
from tests.fakes.register import Register, at_once


@pytest.fixture
def bad_line(store: Store) -> Iterator[Line]:
    """A line for one test, good again for the next."""
    laid = Line(store)
    yield laid
    laid.closes()


@pytest.fixture
def register(bad_line: Line) -> Register:
    return Register(bad_line.address).enrols()


def sell(register: Register, count: int = 1) -> list[str]:
    """Record sales in the register's journal; return their order ids."""
    now = datetime.now(UTC)
    sold = []
    for _ in range(count):
        order_id = f"{register.stores.records['registered'][15:47]}-{len(register.stores.journal)}"
        register.sells(order(cart_line("no-such-variant"), id=order_id, at=now), now.date())
        sold.append(order_id)
    return sold


def verdicts(register: Register) -> list[Verdict]:
    return [at_once(opened(register.keys, text)) for _, text in register.stores.verdicts.values()]


def in_oms(store: Store, order_ids: list[str]) -> list[str]:
    """Return which of these orders the OMS holds, as often as it holds them."""
    return sorted(row["id"] for row in store.orders() if row["id"] in order_ids)


def test_a_lost_answer_doubles_nothing(store: Store, bad_line: Line, register: Register) -> None:
    """The server booked the sale, its answer was lost: the second sending must not book it again."""
    sold = sell(register, 3)
    bad_line.loses_answers_to("/api/v1/entries", times=2)

    register.syncs()

    assert in_oms(store, sold) == sorted(sold)


def test_a_courier_that_dies_after_each_answer_loses_nothing(store: Store, register: Register) -> None:
    """A worker killed between the answer and the note of it sends again; the OMS says what it said before."""
    sold = sell(register, 3)
    register.works(until=Errand.MANIFEST)
    register.syncs()
    register.stores.verdicts.clear()

    register.starts().works(until=Errand.PROBE)
    register.syncs()

    assert (in_oms(store, sold), len(register.stores.verdicts)) == (sorted(sold), 3)


def test_bytes_that_are_no_entry_block_nobody(store: Store, register: Register) -> None:
    """A line that a dying disk has zeroed is sent as it is; the OMS says so, and the rest is booked."""
    sold = sell(register, 3)
    register.stores.journal[2] = b"\0" * 100

    register.syncs()

    refused = [verdict for verdict in verdicts(register) if verdict.kind is VerdictKind.REFUSED]
    assert (in_oms(store, sold), len(refused), register.memory.waiting) == (sorted([sold[0], sold[2]]), 1, ())


def test_an_entry_that_breaks_the_server_lets_the_others_pass(store: Store, bad_line: Line, register: Register) -> None:
    """A server that fails over one entry, for whatever reason, gets all the others."""
    sold = sell(register, 4)
    poison = register.stores.journal[1][:80]
    bad_line.fault = lambda request: request.fails_over(poison)

    at_once(look(register.world, register.memory))
    while len(register.memory.waiting) > 1:
        register.works(until=Errand.PUSH)

    assert in_oms(store, sold) == sorted(sold[1:])


def test_a_damaged_entry_blocks_nobody(store: Store, register: Register) -> None:
    """One entry that the OMS refuses stands there with its reason; the ones behind it are booked."""
    sold = sell(register, 3)
    first = min(register.stores.journal)
    register.stores.journal[first] = register.stores.journal[first].replace(b'","sealed":"', b'","sealed":"AAAA')

    register.syncs()

    refused = [verdict for verdict in verdicts(register) if verdict.kind is VerdictKind.REFUSED]
    assert (in_oms(store, sold), len(refused), bool(refused[0].why)) == (sorted(sold[1:]), 1, True)


def test_a_portal_in_front_is_not_believed(store: Store, bad_line: Line, register: Register) -> None:
    """A page that says 200 to everything is an outage: nothing is marked as synced."""
    sold = sell(register)
    bad_line.has_a_portal()

    while register.memory.link.link is not Link.NO_SERVER:
        register.works(until=Errand.PROBE)

    assert (in_oms(store, sold), verdicts(register)) == ([], [])


def test_nobody_answering_is_an_outage_within_ten_seconds(bad_line: Line, register: Register) -> None:
    """The banner has to come within ten seconds of the OMS being gone, counted in probes and their limits."""
    register.works(until=Errand.PROBE)
    started = register.timer.at
    bad_line.is_cut()

    while register.memory.link.link is Link.UP:
        register.works(until=Errand.PROBE)

    assert register.timer.at - started < 6.0


def test_a_download_goes_on_where_it_broke(bad_line: Line, register: Register) -> None:
    """On a bad line a large image would never arrive if each break began it again."""
    register.works(until=Errand.PIECE)
    arrived = register.memory.arrived
    bad_line.is_cut()
    register.works(until=Errand.PIECE)
    bad_line.works()
    register.starts()
    register.works(until=Errand.MANIFEST)

    assert (register.memory.arrived, arrived > 0) == (arrived, True)


def test_a_damaged_image_never_replaces_a_good_one(bad_line: Line, register: Register) -> None:
    """Bytes changed on the way are found by their hash, thrown away, and fetched again later."""
    bad_line.changes_answers_to("/api/v1/images/", lambda body: bytes(reversed(body)))

    register.works(until=Errand.SWAP)

    assert (register.stores.stored, register.stores.downloads, bool(register.memory.why)) == (None, {}, True)


def test_an_image_arrives_whole_and_opens(register: Register) -> None:
    """What is put in place is the very file that was offered, and a till can open it."""
    register.works(until=Errand.SWAP)
    stored = register.stores.laid_down()
    assert stored is not None

    catalogue = open_stored(stored)

    assert isinstance(catalogue, Catalogue)
    assert catalogue.count() > 1_000


def test_an_import_arrives_as_an_image_not_as_thousands_of_changes(
    store: Store, register: Register, tmp_path: Path
) -> None:
    """Selling goes on while a catalogue is imported: one new image is swapped in, few changes are applied."""
    register.works(until=Errand.SWAP)
    register.works(until=Errand.PICTURES)
    before = len(register.stores.pages)
    rows = "".join(f"Imported thing {number},IMP-{number},{number}.50,9\n" for number in range(1, 2_501))
    (tmp_path / "many.csv").write_text(f"name,sku,price,stock\n{rows}")
    store.imports(tmp_path / "many.csv")

    deadline = time.monotonic() + 240
    while register.memory.synced.cursor < register.memory.revision or register.memory.image_cursor < 8_000:
        assert time.monotonic() < deadline, (register.memory.synced.cursor, register.memory.revision)
        register.works(until=Errand.REST)
        register.timer.at += 5
        time.sleep(0.2)  # the server makes its image in its own time; the register's clock is moved by hand

    stored = register.stores.laid_down()
    assert stored is not None
    catalogue = open_stored(stored)
    assert isinstance(catalogue, Catalogue)
    assert (catalogue.count() > 3_600, len(register.stores.pages) <= before + 2) == (True, True)


def test_pictures_of_what_sells_are_kept_for_the_outage(register: Register) -> None:
    """The grid shows pictures without a network: each one that the catalogue names was fetched, under its hash."""
    register.works(until=Errand.SWAP)
    wanted = set(register.memory.wanted_pictures)
    while register.memory.wanted_pictures:
        register.works(until=Errand.PICTURES)

    kept = register.pictures.pictures
    assert wanted
    assert {name: sha256(data).hexdigest() for name, data in kept.items()} == {name: name for name in wanted}


def test_no_more_pictures_are_wanted_than_the_budget(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of a hundred thousand pictures would fill the device: the best sellers' come first, then no more."""
    monkeypatch.setattr(pulling, "MOST_PICTURES", 5)

    register.works(until=Errand.SWAP)

    assert len(register.memory.wanted_pictures) == 5


def test_a_full_disk_keeps_the_old_image(register: Register) -> None:
    """No room for the new catalogue: the old one stays, and the sentence says so."""
    register.works(until=Errand.SWAP)
    before = register.stores.stored
    register.stores.full = True
    register.memory.image_sha256 = "another"

    register.works(until=Errand.PIECE)

    assert (register.stores.stored, register.memory.why) == (before, "The disk is full.")


def test_offline_by_hand_pushes_nothing(store: Store, register: Register) -> None:
    """Offline Mode chosen by hand lasts until Turn Off, whatever waits."""
    sold = sell(register)
    register.stores.settings["manual"] = "on"
    register.starts()
    for _ in range(20):
        register.works(until=Errand.REST)

    assert (in_oms(store, sold), len(register.memory.waiting)) == ([], 1)


def test_a_revoked_register_says_so(register: Register) -> None:
    """An OMS that no longer knows the token is no outage: waiting would not help."""
    registered = register.memory.registered
    assert registered is not None
    register.memory.registered = registered.model_copy(update={"token": "R1.wrong"})

    register.works(until=Errand.PROBE)
    register.works(until=Errand.PROBE)

    assert register.memory.link.link is Link.REVOKED


def test_a_wrong_code_is_asked_once(bad_line: Line) -> None:
    """A code that was refused is not sent again and again: tries are counted, and a person has to type another."""
    register = Register(bad_line.address)
    register.stores.settings["enrol_code"] = "WRONG"
    bad_line.fault = _refuse_enrolment
    register.starts()
    for _ in range(30):
        register.works(until=Errand.REST)

    asked = sum(1 for seen in bad_line.seen if seen.startswith("POST"))
    assert (asked, register.memory.enrol_need) == (1, EnrolNeed.CODE)


def _refuse_enrolment(request: Request) -> bool:
    """Answer as an OMS on another machine would: a code is needed, and this one is wrong."""
    if request.command == "GET":
        return request.reply_changed(lambda body: body.replace(b'"code_needed":false', b'"code_needed":true'))
    problem = b'{"title":"Not enrolled","status":403,"detail":"This code is wrong."}'
    return request.reply(403, problem, "application/problem+json")

"""Sending what somebody chose while Auto-Sync is off: these, and nothing else."""

from hashlib import sha256
from http.server import BaseHTTPRequestHandler

import pytest

from app.courier.courier import hear, look, remember, view
from app.courier.errands import Errand, next_errand
from app.courier.leasing import NEVER
from app.courier.pushing import push
from app.sync.chosen import chosen_text, read_chosen
from app.sync.link import LinkState
from app.sync.protocol import Verdict, VerdictKind, Verdicts
from app.sync.status import Link, Progress, Registered
from tests.courier.test_oms import Stranger
from tests.courier.test_oms import stranger as stranger
from tests.fakes.register import Register, at_once
from tests.till.till import REGISTERED


@pytest.fixture
def register() -> Register:
    """Three entries wait, the line is up, and Auto-Sync is off."""
    register = Register("http://nowhere.invalid")
    register.stores.journal = {1: b"one", 2: b"two", 3: b"three"}
    register.stores.settings["auto_sync"] = "off"
    register.stores.records["registered"] = Registered.model_validate(REGISTERED).model_dump_json()
    return looks(register)


def looks(register: Register) -> Register:
    at_once(look(register.world, register.memory))
    register.memory.registered = REGISTERED
    register.memory.link, register.memory.probe_at = LinkState(link=Link.UP), 1e9
    register.memory.lease_at = NEVER
    return register


def chooses(register: Register, *seqs: int) -> Register:
    register.stores.settings["chosen"] = chosen_text(seqs)
    return looks(register)


def errand(register: Register) -> Errand:
    return next_errand(view(register.world, register.memory))


def test_without_a_choice_nothing_is_sent(register: Register) -> None:
    """Auto-Sync is off because somebody wants to look first."""
    assert ((), False) == (register.memory.due, errand(register) is Errand.PUSH)


def test_what_was_chosen_is_sent_and_the_rest_waits(register: Register) -> None:
    """P3: two of three are checked; the third stays on the device."""
    chooses(register, 3, 1)

    assert ((1, 3), Errand.PUSH) == (register.memory.due, errand(register))


def test_a_choice_is_done_once_all_of_it_has_a_verdict(register: Register) -> None:
    """Else the courier would send for ever what the OMS has, or has refused."""
    register.stores.verdicts = {"d1": (1, "{}")}

    assert () == chooses(register, 1).memory.due


def test_a_choice_outlives_a_crash(register: Register) -> None:
    """Somebody pressed the button and went home."""
    chooses(register, 2)

    assert (2,) == at_once(remember(register.world)).due


def test_a_new_choice_does_not_wait_for_the_pause_after_a_failure(register: Register) -> None:
    """A minute of silence after a press looks like a broken button."""
    register.memory.push_at = 1e9

    assert Errand.PUSH is errand(chooses(register, 1))


def test_with_auto_sync_everything_goes(register: Register) -> None:
    """A choice hurries nothing away and holds nothing back."""
    register.stores.settings["auto_sync"] = "on"

    assert (1, 2, 3) == chooses(register, 2).memory.due


def test_only_the_chosen_lines_go_over_the_wire(register: Register, stranger: Stranger) -> None:
    """P3: what was not checked has not left the device; and the progress counts what was chosen."""
    seen: list[bytes] = []
    told: list[Progress] = []

    def accept(request: BaseHTTPRequestHandler) -> None:
        lines = request.rfile.read(int(request.headers["Content-Length"])).splitlines()
        seen.extend(lines)
        told.append(Progress.model_validate_json(register.stores.records["progress"]))
        digests = [sha256(line).hexdigest() for line in lines]
        verdicts = tuple(Verdict(digest=digest, kind=VerdictKind.ACCEPTED) for digest in digests)
        body = Verdicts(verdicts=verdicts).model_dump_json().encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    stranger.answer = accept
    register.address = stranger.oms.base
    chooses(register, 1, 3)
    register.memory.push_count = 1
    while errand(register) is Errand.PUSH:
        at_once(push(register.world, register.memory))

    assert ([b"one", b"three"], (2,)) == (seen, register.memory.waiting)
    assert [(0, 2), (1, 2)] == [(each.done, each.total) for each in told]


def test_sync_now_with_nothing_to_send_is_over_at_once(register: Register) -> None:
    """What is sold afterwards waits, as it does with Auto-Sync off: nobody has asked for that."""
    journal, register.stores.journal = register.stores.journal, {}
    at_once(hear(register.world, register.memory, "sync"))
    register.stores.journal = journal
    at_once(hear(register.world, register.memory, "journal"))

    assert ((1, 2, 3), ()) == (register.memory.waiting, register.memory.due)


def test_sync_now_sends_all_that_waits(register: Register) -> None:
    """Also what is sold before it is done."""
    at_once(hear(register.world, register.memory, "sync"))
    register.stores.journal[4] = b"four"
    at_once(hear(register.world, register.memory, "journal"))

    assert (1, 2, 3, 4) == register.memory.due


@pytest.mark.parametrize("text", ["", "[1,", '{"1": 2}', '["x"]', "null"])
def test_what_is_damaged_chooses_nothing(text: str) -> None:
    """A half-written setting must not send what nobody checked."""
    assert frozenset() == read_chosen(text)

"""The courier brings a lost register's journal: in order, once, over every crash, and after its own sales."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

import pytest

from app.courier.courier import hear, step
from app.courier.errands import Errand
from app.courier.leasing import NEVER
from app.courier.oms import Failure, Oms, Refused, Unreachable
from app.sync.protocol import Pong, Recovered, Verdict, VerdictKind
from app.sync.recovering import GONE, RECOVERY, Recovery, Wish, tidy_code
from tests.courier.test_features import Store, register
from tests.fakes.register import Register, at_once

__all__ = ["register"]
LINES = tuple(b"line %d" % n for n in range(250))
Answer = Callable[[Sequence[bytes]], Recovered | Failure | None]


@dataclass
class Scripted(Store):
    """An OMS that takes entries in, each once; `answers` come first, and None takes it in but loses the answer."""

    answers: list[Recovered | Failure | None] = field(default_factory=list)
    held: dict[bytes, VerdictKind] = field(default_factory=dict)
    booked: int = 0
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    epoch: str = "1"

    def ping(self, token: str, nonce: str) -> Pong | Failure:
        answer = super().ping(token, nonce)
        return answer.model_copy(update={"epoch": self.epoch}) if isinstance(answer, Pong) else answer

    def recover(
        self, token: str, register: str, code: str, lines: Sequence[bytes], limit: float
    ) -> Recovered | Failure:
        del token, limit
        self.calls.append((register, code, len(lines)))
        answer = self.answers.pop(0) if self.answers else self._taken(lines)
        return answer or (self._taken(lines) and Unreachable("the answer was lost"))

    def _taken(self, lines: Sequence[bytes]) -> Recovered:
        kinds = [VerdictKind.DUPLICATE if line in self.held else self._new(line) for line in lines]
        digests = [sha256(line).hexdigest() for line in lines]
        verdicts = tuple(Verdict(digest=digest, kind=kind) for digest, kind in zip(digests, kinds, strict=True))
        return Recovered(fence=7, booked=self.booked, verdicts=verdicts)

    def _new(self, line: bytes) -> VerdictKind:
        self.held[line] = VerdictKind.ACCEPTED
        self.booked += 1
        return (
            VerdictKind.REFUSED
            if line == LINES[3]
            else VerdictKind.ATTENTION
            if line == LINES[4]
            else VerdictKind.ACCEPTED
        )


def wishes(register: Register, wish_id: str = "w1", lines: int = len(LINES)) -> Register:
    """Let the till read a folder and wish that it is brought."""
    wish = Wish(id=wish_id, reading="r1", register="R9", code="1234-5678", entries=len(LINES))
    register.stores.recovery = {("r1", at): line for at, line in enumerate(LINES[:lines])}
    register.stores.settings[RECOVERY] = wish.model_dump_json()
    at_once(hear(register.world, register.memory, "local"))
    return register


def recovery(register: Register) -> Recovery:
    """What the till reads of it."""
    return Recovery.model_validate_json(register.stores.records[RECOVERY])


def works(register: Register, oms: Scripted, errands: int = 60) -> list[Errand]:
    """Work, and rest as long as the courier does."""
    done: list[Errand] = []
    for _ in range(errands):
        done.append(at_once(step(replace(register.world, oms=cast("Oms", oms)), register.memory)))
        if done[-1] is Errand.REST:
            register.timer.at += 0.5
    return done


def test_every_line_is_brought_in_order(register: Register) -> None:
    """What the OMS says is counted in words that people understand."""
    oms = Scripted()
    works(wishes(register), oms)
    found = recovery(register)

    assert (list(LINES), [("R9", "1234-5678", 100)] * 2 + [("R9", "1234-5678", 50)]) == (list(oms.held), oms.calls)
    assert (True, 250, 250, 1, 1, 7) == (
        found.finished, found.done, found.booked, found.attention, found.turned_down, found.fence
    )  # fmt: skip


def test_a_lost_answer_counts_nothing_twice(register: Register) -> None:
    """The batch goes once more; what the person reads is the same as without the fault."""
    oms = Scripted(answers=[None])
    works(wishes(register), oms)
    found = recovery(register)

    assert (250, 250, 250) == (found.done, found.booked, len(oms.held))


def test_after_a_crash_it_goes_on_where_it_was(register: Register) -> None:
    """A folder of ten thousand must not begin from the start because somebody closed the lid."""
    oms = Scripted()
    works(wishes(register), oms, 2)
    before = recovery(register).done
    memory, registered, synced = register.memory, register.memory.registered, register.memory.synced
    register.stores.records["registered"] = registered.model_dump_json() if registered else ""
    register.starts()
    register.memory.synced, register.memory.image_sha256 = synced, memory.image_sha256
    register.memory.lease_at = NEVER
    works(register, oms)

    assert 0 < before < 250 == recovery(register).done
    assert 250 == sum(count for _, _, count in oms.calls)


def test_a_no_stops_it_and_another_code_goes_on(register: Register) -> None:
    """A code that was typed wrong is not tried again and again; the lines stay for the right one."""
    oms = Scripted(answers=[Refused(403, "That code is not valid.")])
    works(wishes(register), oms)
    stopped = recovery(register)
    calls = len(oms.calls)
    works(wishes(register, "w2"), oms)

    assert (1, 0, "That code is not valid.", True) == (calls, stopped.done, stopped.why, stopped.stopped)
    assert ("w2", True, "") == (recovery(register).id, recovery(register).finished, recovery(register).why)


def test_a_server_in_trouble_gets_less_at_a_time_until_it_is_well(register: Register) -> None:
    """Whatever one entry does to a server, the others arrive."""
    oms = Scripted(answers=[Unreachable("in trouble", 503)] * 3)
    works(wishes(register), oms, 300)

    assert ([100, 50, 25, 12], True) == ([count for _, _, count in oms.calls[:4]], recovery(register).finished)


def test_lines_that_are_gone_are_said(register: Register) -> None:
    """Somebody cleared the browser's data meanwhile: waiting would not bring them back."""
    works(wishes(register, lines=120), Scripted())

    assert (120, GONE) == (recovery(register).done, recovery(register).why)


def test_a_restored_oms_gets_it_once_more(register: Register) -> None:
    """The backup of yesterday has nothing of it, and the folder may be in the bin."""
    oms = Scripted()
    register.memory.epoch = "1"
    works(wishes(register), oms)
    again = Scripted(epoch="2")
    works(register, again, 200)

    assert (250, list(LINES), True) == (len(again.held), list(again.held), recovery(register).finished)


@pytest.mark.parametrize("typed", ["1234-5678-9012", " 1234 5678 9012\n", "123456789012", "１２３４-1234-5678-9012"])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    """It was read out over the telephone."""
    assert "1234-5678-9012" == tidy_code(typed)

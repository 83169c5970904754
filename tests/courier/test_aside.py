"""An entry that can not be sent stands aside: kept, told to people, and in the way of nothing that is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

import pytest

from app.courier.courier import look, remember
from app.courier.memory import World
from app.courier.oms import Failure, NotOurs, Oms, Refused, Unreachable
from app.courier.pushing import MOST_AT_ONCE, NEVER_TOO_LARGE, TOO_LONG, TORN, push
from app.sync.again import written
from app.sync.protocol import Verdict, VerdictKind, Verdicts
from app.sync.said import opened
from tests.fakes.register import Register, at_once


@dataclass
class Narrow:
    """An OMS, or a proxy before it, that takes few bytes at once."""

    most: int
    says: Failure = field(default_factory=lambda: Refused(413, "Send fewer entries at a time."))
    asked: list[int] = field(default_factory=list)
    """How many bytes came at a time."""

    def entries(self, token: str, lines: Sequence[bytes], limit: float) -> Verdicts | Failure:
        self.asked.append(sum(len(line) + 1 for line in lines))
        lines = [
            line.rstrip(b"\r\n") for line in b"\n".join(lines).split(b"\n") if line.strip()
        ]  # as the OMS reads them
        if self.asked[-1] > self.most:
            return self.says
        digests = [sha256(line).hexdigest() for line in lines]
        return Verdicts(verdicts=tuple(Verdict(digest=each, kind=VerdictKind.ACCEPTED) for each in digests))


def holding(*lines: bytes) -> Register:
    register = Register("http://nowhere.invalid")
    register.keys.keys[""] = bytes(32)
    register.stores.journal = dict(enumerate(lines, start=1))
    at_once(look(register.world, register.memory))
    return register


def drains(register: Register, oms: Narrow, most: int = 10) -> Register:
    """Push until nothing waits, but not for ever."""
    world: World = replace(register.world, oms=cast("Oms", oms))
    for _ in range(most):
        at_once(push(world, register.memory))
    return register


def said(register: Register) -> dict[int, tuple[VerdictKind, str]]:
    """What stands at each place of the journal."""
    kept = {seq: at_once(opened(register.keys, text)) for seq, text in register.stores.verdicts.values()}
    return {seq: (verdict.kind, verdict.why) for seq, verdict in sorted(kept.items())}


LARGE = b"x" * (NEVER_TOO_LARGE + 1)
BOOKED, ASIDE = (VerdictKind.ACCEPTED, ""), (VerdictKind.REFUSED, TOO_LONG)


def test_what_follows_an_entry_that_is_too_large_is_sent() -> None:
    """At the head of the queue it would keep every later sale of this register from the books for ever."""
    register = drains(holding(LARGE, b"two", b"three"), Narrow(500))

    assert {1: ASIDE, 2: BOOKED, 3: BOOKED} == said(register)
    assert ((), LARGE) == (register.memory.waiting, register.stores.journal[1])


def test_what_follows_an_entry_that_a_stranger_answers_is_sent() -> None:
    """A proxy says in its own words that it is too large: nobody knows what is meant, and later sales must not wait."""
    register = drains(holding(LARGE, b"two", b"three"), Narrow(500, NotOurs("the answer (413) is not the OMS's")))

    assert ({2: BOOKED, 3: BOOKED}, (1,)) == (said(register), register.memory.waiting)


def test_what_follows_an_entry_that_is_never_answered_is_sent() -> None:
    """The line is good for all but this one, whatever swallows it: it goes on trying, behind the others."""
    register = drains(holding(LARGE, b"two", b"three"), Narrow(500, Unreachable("no answer in time")))

    assert ({2: BOOKED, 3: BOOKED}, (1,)) == (said(register), register.memory.waiting)


def test_a_usual_sale_that_is_said_to_be_too_large_goes_on_waiting() -> None:
    """That is a mistake on the way: set aside for it, a sale would be in the books only once a person has looked."""
    register = drains(holding(b"x" * 5_000, b"two"), Narrow(500))
    before = said(register), register.memory.waiting

    assert ({2: BOOKED}, (1,)) == before
    assert {1: BOOKED, 2: BOOKED} == said(drains(register, Narrow(MOST_AT_ONCE)))


def test_it_stands_aside_over_a_restart() -> None:
    """Its verdict is written down like any other, so no start offers it again."""
    register = drains(holding(LARGE, b"two"), Narrow(500))
    register.memory = at_once(remember(register.world))
    at_once(look(register.world, register.memory))

    assert () == register.memory.waiting


def test_it_is_sent_once_somebody_asks_again() -> None:
    """The server was set right: the sale is as good as any other."""
    register = drains(holding(LARGE, b"two"), Narrow(500))
    register.stores.settings["again"] = written({sha256(LARGE).hexdigest(): "asking"})
    at_once(look(register.world, register.memory))

    assert {1: BOOKED, 2: BOOKED} == said(drains(register, Narrow(MOST_AT_ONCE)))


def test_what_is_beyond_every_server_is_not_even_sent() -> None:
    """On a slow line it would never be through, and nobody would say that it may not."""
    oms = Narrow(MOST_AT_ONCE)
    register = drains(holding(b"x" * MOST_AT_ONCE, b"two"), oms)

    assert ({1: ASIDE, 2: BOOKED}, [4]) == (said(register), oms.asked)


@pytest.mark.parametrize("torn", [b"o\ne", b"one\r", b"\n", b" "], ids=["in two", "its end", "a line end", "nothing"])
def test_damage_that_makes_it_no_line_stands_aside(torn: bytes) -> None:
    """One flipped byte, and the OMS reads two lines: its answer would never fit, and all that follows would wait."""
    register = drains(holding(b"zero", torn, b"two"), Narrow(500))

    assert {1: BOOKED, 2: (VerdictKind.REFUSED, TORN), 3: BOOKED} == said(register)


@pytest.mark.parametrize("starts", [False, True], ids=["at once", "after a start"])
def test_what_was_mended_is_sent(starts: bool) -> None:
    """The folder's whole copy took the place of the damaged one: what was said about those bytes is not about it."""
    register = drains(holding(b"o\ne", b"two"), Narrow(500))
    register.stores.journal[1] = b"one"
    if starts:
        register.memory = at_once(remember(register.world))
    at_once(look(register.world, register.memory))
    waited = register.memory.waiting

    assert ((1,), {1: BOOKED, 2: BOOKED}) == (waited, said(drains(register, Narrow(500))))


def test_what_was_refused_as_it_lies_there_stays_so() -> None:
    """Offered by itself again and again it would be refused as often."""
    register = drains(holding(b"o\ne", b"two"), Narrow(500))
    at_once(look(register.world, register.memory))

    assert () == register.memory.waiting


def test_a_batch_that_is_too_large_is_sent_in_parts() -> None:
    """Each of its entries alone fits, and none of them is turned down."""
    register = drains(holding(*(b"%d" % turn * 20 for turn in range(4))), Narrow(50))

    assert dict.fromkeys(range(1, 5), BOOKED) == said(register)

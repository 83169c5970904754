"""A lost register's journal on its way to the OMS: what the till wishes, and how far the courier is.

The till reads the folder and puts its lines down in the store `recovery`, then writes the wish into `local`. The
courier offers them in order and notes in `status` how far it came: after a crash, and after the OMS was restored from a
backup, it goes on.
"""

import re

from pydantic import Field

from app.domain.money import Value
from app.sync.entry import Code
from app.sync.protocol import Verdict, VerdictKind

RECOVERY = "recovery"
"""The record: the wish in `local`, how far it is in `status`."""
GONE = (
    "What was read of the lost folder is not in this browser any more. What was sent is safe. Choose the folder again."
)


class Wish(Value):
    """That a lost register's journal is brought; another code is another wish about the same lines."""

    id: str
    reading: str
    """Under which its lines are down."""
    register: Code
    code: str = Field(pattern="^[0-9-]{1,40}$")
    """Of the back office, for this register."""
    entries: int = Field(ge=1)
    whole: bool = True
    """Whether the chain of what was read was."""
    beside: int = Field(default=0, ge=0)
    """Files of it that lay in the browser's spare place, and were not read."""


class Recovery(Value):
    """How far a wish was followed; each line counts once, whatever was repeated."""

    id: str
    register: Code
    entries: int
    done: int = 0
    """Lines that the OMS has given a verdict on."""
    booked: int = 0
    """Entries that the OMS lacked, as it counts them."""
    attention: int = 0
    turned_down: int = 0
    fence: int = 0
    """The OMS's number of this recovery; with it the lost register is shut out."""
    why: str = ""
    """The OMS's "no", where a person has to do something."""

    @property
    def finished(self) -> bool:
        return self.done >= self.entries

    @property
    def stopped(self) -> bool:
        """Whether nothing goes on by itself."""
        return self.finished or bool(self.why)


def begun(wish: Wish) -> Recovery:
    """A recovery of which nothing was sent yet."""
    return Recovery(id=wish.id, register=wish.register, entries=wish.entries)


def advanced(before: Recovery, fence: int, booked: int, verdicts: tuple[Verdict, ...]) -> Recovery:
    """A recovery after the OMS has judged its next lines."""
    kinds = [verdict.kind for verdict in verdicts]
    down = sum(kind in {VerdictKind.REFUSED, VerdictKind.CONFLICT} for kind in kinds)
    more = {
        "done": before.done + len(kinds),
        "attention": before.attention + kinds.count(VerdictKind.ATTENTION),
        "turned_down": before.turned_down + down,
    }
    return before.model_copy(update={**more, "fence": fence, "booked": booked, "why": ""})


def tidy_code(typed: str) -> str:
    """A code as the OMS knows it, whatever was typed around it."""
    digits = re.sub(r"[^0-9]", "", typed)[:40]
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))

"""What somebody who stands beside the register writes down: what was tried, and what the screen said came of it."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from e2e.torture.checker import Acknowledged

ANOTHER, PAYMENTS_GONE = "became another register", "noted payments gone"
"""What is counted when a browser has lost its database; a payment noted in a sale that was not saved goes with it."""
SPEAKS = "torture "
"""How the hands begin what they say on the console."""
Paid = tuple[tuple[str, int], ...]
SAVED_AFTER_ALL = re.compile(r"Sale (\S+) was saved before the register stopped")


@dataclass
class Notebook:
    """Grows by what is heard; it is all that the checker is told of what people were told."""

    name: str = "K"
    """How its marks begin; each notebook of a round has its own."""
    attempted: set[str] = field(default_factory=set)
    taken: dict[str, int] = field(default_factory=dict)
    saved: list[Acknowledged] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """What else the register complained about."""
    counts: Counter[str] = field(default_factory=Counter)
    in_hand: str = ""
    """The mark of the sale that is open, as far as anybody knows."""
    register: str = ""
    """Whose the browser was when somebody last signed in."""
    said: str = ""
    """The last thing that was heard."""
    when: Callable[[str], None] | None = None
    """Told of everything that is heard."""
    _references: int = 0
    _lines: list[str] = field(default_factory=list)

    def begins(self) -> str:
        """Give the next sale its mark."""
        self.in_hand = f"{self.name}{len(self.attempted) + 1}"
        self.attempted.add(self.in_hand)
        return self.in_hand

    def reference(self) -> str:
        """Give the next payment its reference, which no other one has."""
        self._references += 1
        return f"{self.in_hand}-{self.name}{self._references}"

    def notes(self, text: str) -> None:
        """Write something down, with the time."""
        self._lines.append(f"{time.time():.3f} {text}")

    def is_kept_in(self, file: Path) -> None:
        """Keep all that was written down: it tells what happened before something went wrong."""
        file.write_text("".join(f"{line}\n" for line in self._lines), "utf-8")

    def hears(self, text: str) -> None:
        """Take down what the hands say; the rest of the console is not for us."""
        if not text.startswith(SPEAKS):
            return
        self.notes(text)
        facts = json.loads(text.removeprefix(SPEAKS))
        self.said = facts["what"]
        self.counts[self.said] += 1
        match self.said:
            case "taken":
                if facts["reference"]:
                    self.taken[facts["reference"]] = facts["amount"]
            case "saved":
                paid = tuple((name, amount) for name, amount in facts["paid"])
                self._is_saved(facts["number"], facts["total"], paid, facts["mark"])
            case "signed in":
                self._is_register(facts["register"])
            case "trouble":
                self._reads(facts["told"])
        if self.when is not None:
            self.when(self.said)

    def _is_register(self, name: str) -> None:
        """A browser that is another register than before has lost its database, and all that was not sold yet."""
        if self.register not in {"", name}:
            self.counts[ANOTHER] += 1
            gone = [each for each in self.taken if each.startswith(f"{self.in_hand}-")]
            self.counts[PAYMENTS_GONE] += sum(self.taken.pop(each) > 0 for each in gone)
            self.in_hand = ""
        self.register = name

    def _reads(self, told: str) -> None:
        after_all = SAVED_AFTER_ALL.search(told)
        if after_all is None:
            self.troubles.append(told)
        elif after_all[1] not in {told.number for told in self.saved}:
            self.counts["saved after all"] += 1
            self._is_saved(after_all[1], None, None, self.in_hand)

    def _is_saved(self, number: str, total: int | None, paid: Paid | None, mark: str) -> None:
        """Take it down once, where one tab tells of the sale and the other one shows it."""
        heard = [told for told in self.saved if (told.number, told.mark, told.total) == (number, mark, None)]
        self.saved = [told for told in self.saved if told not in heard]
        self.saved.append(Acknowledged(number, total, paid, mark, self.register))
        if self.in_hand == mark:
            self.in_hand = ""

"""Whatever happens to the two places of the journal, in whatever order: what either of them still has whole is kept."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.sync.entry import Entry, parse
from app.sync.filing import read_name
from app.sync.status import FolderState
from tests.till.test_recording import sells
from tests.till.till import Till

BACK = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5])
"""How many places before the end; most of what can go wrong goes wrong there."""
WHERE = st.floats(0, 1, exclude_max=True)
FOLDER = (FolderState.OK, FolderState.PROMPT, FolderState.LOST)
FEW = 3
"""Entries after which a checkpoint is written: most starts of a walk go on from one."""


class Places(RuleBasedStateMachine):
    """A register, its rows and its files; a fault takes only what the other place has, as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("app.till.recorder.EVERY", FEW)
        self.till = Till().signs_in()
        self.written: dict[int, bytes] = {}
        """What the till has said is saved, by its place."""

    def teardown(self) -> None:
        self.the_folder_comes_back()
        self.starts_again()
        kept = {seq: entry.line for seq, entry in self.till.device.disk.journal.items()}
        self.till.close()
        self.patch.undo()
        assert self.written == {seq: kept.get(seq) for seq in self.written}

    @initialize()
    def opens(self) -> None:
        self.sells(2)

    @rule(times=st.integers(1, 2))
    def sells(self, times: int) -> None:
        """The screen has said "saved" of each."""
        before = set(self.till.device.disk.journal)
        sells(self.till, times)
        self.written |= {
            seq: entry.line
            for seq, entry in self.till.device.disk.journal.items()
            if seq not in before | set(self.written)
        }

    @rule(back=BACK, at=WHERE, letter=st.sampled_from(b'"a0}'), state=st.sampled_from(FOLDER))
    def a_row_is_damaged(self, back: int, at: float, letter: int, state: FolderState) -> None:
        """One byte of it; it is met at the next start."""
        if seq := self.before_the_end(back, self.filed()):
            entry = self.till.device.disk.journal[seq]
            line = bytearray(entry.line)
            line[int(at * len(line))] = letter
            self.till.device.disk.journal[seq] = Entry(entry.header, bytes(line))
            self.till.device.folder.fault = state
            self.starts_again()

    @precondition(lambda self: self.till.device.folder.fault is FolderState.OK)
    @rule(back=BACK)
    def the_last_rows_are_lost(self, back: int) -> None:
        """By a power cut; at the start the folder is there."""
        seq = self.before_the_end(back, self.filed())
        behind = [at for at in self.till.device.disk.journal if at >= seq]
        if seq and set(behind) <= self.filed():
            for at in behind:
                del self.till.device.disk.journal[at]
            self.starts_again()

    @precondition(lambda self: self.till.device.folder.fault is FolderState.OK)
    @rule(back=BACK)
    def a_row_is_lost(self, back: int) -> None:
        if seq := self.before_the_end(back, self.filed()):
            del self.till.device.disk.journal[seq]
            self.starts_again()

    @rule(back=BACK, content=st.sampled_from([b"", b"damaged", None]))
    def a_file_is_damaged_or_gone(self, back: int, content: bytes | None) -> None:
        """Every file of a place."""
        if seq := self.before_the_end(back, self.in_rows()):
            files = self.till.device.folder.files
            for path in [path for path in files if (named := read_name(path[-1])) and named.seq == seq]:
                if content is None:
                    del files[path]
                else:
                    files[path] = content

    @rule(state=st.sampled_from(FOLDER))
    def the_folder_goes(self, state: FolderState) -> None:
        self.till.device.folder.fault = state

    @rule()
    def the_folder_comes_back(self) -> None:
        self.till.device.folder.fault = FolderState.OK
        self.till.says("FolderPicked")

    @rule()
    def starts_again(self) -> None:
        self.till.starts_again().signs_in()

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.till.device.clock.at += timedelta(minutes=minutes)
        self.till.hears("status")

    def before_the_end(self, back: int, whole: set[int]) -> int:
        """A place that holds a row, and that one of the two has as it was written; 0 where it is none."""
        places = sorted(self.till.device.disk.journal)
        return places[-1 - back] if back < len(places) and places[-1 - back] in whole else 0

    def in_rows(self) -> set[int]:
        rows = self.till.device.disk.journal
        return {seq for seq, line in self.written.items() if seq in rows and rows[seq].line == line}

    def filed(self) -> set[int]:
        """Places whose entry lies in the folder, or in the spare place, as it was written."""
        files = {*self.till.device.folder.files.values(), *self.till.device.spare.files.values()}
        return {seq for seq, line in self.written.items() if line in files}

    @invariant()
    def no_number_stands_on_two_sales(self) -> None:
        sales = [number for line in {*self.written.values()} if (number := _number(line))]
        assert len(sales) == len(set(sales))


def _number(line: bytes) -> str:
    found = parse(line)
    return (found.header.number or "") if isinstance(found, Entry) else ""


TestPlaces = Places.TestCase
TestPlaces.settings = settings(
    max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPlaces.__doc__ = "Two faults that are harmless alone have lost a sale together: this is where such pairs are met."

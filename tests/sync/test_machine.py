"""A register's life in any order: sales, crashes, wrong clocks, lost requests and lost replies, a folder that comes
and goes. Whatever happens, no sale is lost, none is doubled, numbers have no gap and the chain holds."""

from datetime import timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.domain.numbers import indian_day, parse_number
from app.sync.chain import check_chain
from app.sync.checkpoint import Anchor, Checkpoint, Places, anchor, checkpoint, head_at, read_mark, written
from app.sync.entry import Entry, Kind, Unreadable, file_path, parse
from app.sync.folder import check_folder
from app.sync.journal import Head, Jumped, advanced, business_time, resume
from app.sync.outbox import batch, pending, state_of
from app.sync.protocol import Verdict, VerdictKind
from app.sync.pruning import Beginning, Old, longer
from tests.conftest import NOW
from tests.sync.entries import entry, head, numbered, verdict


class FakeOms:
    """Takes entries in as the real one does: by id and by bytes, a verdict for each."""

    def __init__(self) -> None:
        self.taken: dict[str, Entry] = {}

    def take_in(self, lines: list[bytes]) -> list[Verdict]:
        return [self._judge(line) for line in lines]

    def _judge(self, line: bytes) -> Verdict:
        sent = parse(line)
        assert isinstance(sent, Entry)
        known = self.taken.setdefault(sent.header.id, sent)
        if known is sent:
            return verdict(sent).model_copy(update={"at": NOW})
        return verdict(sent, VerdictKind.DUPLICATE if known == sent else VerdictKind.CONFLICT)


class Register(RuleBasedStateMachine):
    """Only `journal`, `verdicts`, `folder` and both marks outlive a crash; `head` is what the till has in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.journal: list[bytes] = []
        self.verdicts: dict[str, Verdict] = {}
        self.folder: dict[str, bytes] = {}
        self.head: Head = head()
        self.removed: list[bytes] = []
        """What has left the browser; the folder has it."""
        self.anchored = ""
        self.noted = ""
        """The last checkpoint, as it lies on the disk."""
        self.ids = count(1)
        self.clock = NOW
        self.oms = FakeOms()
        self.sent: list[bytes] = []
        self.paid: list[str] = []

    @property
    def kept(self) -> tuple[Entry, ...]:
        entries = [parse(line) for line in (*self.removed, *self.journal)]
        return tuple(found for found in entries if not isinstance(found, Unreadable))

    def record(self, kind: Kind, crash: str, folder: bool) -> None:
        """Append one entry the way the till does, with a crash before or after the write, or none."""
        time = business_time(self.head, self.clock)
        if isinstance(time, Jumped):
            kind, at = Kind.CLOCK, self.clock
        else:
            at = time.at
        number = numbered(self.head, indian_day(at)) if kind is Kind.SALE else ""
        made = entry(self.head, kind, at, id=f"id-{next(self.ids)}", number=number)
        if crash != "before":
            self.journal.append(made.line)
            if kind is Kind.SALE:
                self.paid.append(made.header.id)
        if crash:
            self.restart()
            return
        self.head = advanced(self.head, made)
        if folder:
            self.folder["/".join(file_path(made.header))] = made.line

    @rule(crash=st.sampled_from(["", "", "", "before", "after"]), folder=st.booleans())
    def sell(self, crash: str, folder: bool) -> None:
        self.record(Kind.SALE, crash, folder)

    @rule(kind=st.sampled_from([Kind.REPRINT, Kind.SESSION_OPENED, Kind.PAYMENT_INTENT]), folder=st.booleans())
    def note(self, kind: Kind, folder: bool) -> None:
        self.record(kind, "", folder)

    @rule(minutes=st.integers(-2_000, 300_000))
    def let_the_clock_run(self, minutes: int) -> None:
        self.clock += timedelta(minutes=minutes)

    @rule()
    def note_a_checkpoint(self) -> None:
        self.noted = written(checkpoint(self.head, Places()))

    @property
    def bottom(self) -> Head:
        mark = read_mark(Anchor, self.anchored, head())
        return head_at(mark, head()) if mark else head()

    @rule()
    def prune(self) -> None:
        """Let everything go that the OMS has and that lies in the folder, from the oldest on."""
        old, beginning = Old(NOW, self.verdicts), Beginning(self.bottom)
        for one in self.kept[len(self.removed) :]:
            if not old.has(one) or "/".join(file_path(one.header)) not in self.folder:
                break
            beginning = longer(beginning, one, None)
        count = beginning.head.seq - self.bottom.seq if beginning.whole else 0
        self.removed, self.journal = [*self.removed, *self.journal[:count]], self.journal[count:]
        if count:
            self.anchored = written(anchor(beginning.head, 0))

    @rule()
    def restart(self) -> None:
        found = resume(self.journal, self.bottom)
        assert isinstance(found, Head), found
        self.head = found

    @rule()
    def restart_from_the_checkpoint(self) -> None:
        mark = read_mark(Checkpoint, self.noted, head())
        if mark is not None and mark.seq >= len(self.removed):
            found = resume(self.journal[mark.seq - len(self.removed) :], head_at(mark, head()))
            self.restart()
            assert self.head == found

    @rule(size=st.integers(1, 4), fate=st.sampled_from(["arrives", "arrives", "request lost", "reply lost"]))
    def push(self, size: int, fate: str) -> None:
        lines = [one.line for one in batch(pending(self.kept, self.verdicts), size, 10**6)] if self.journal else []
        if fate == "request lost":
            return
        self.sent += lines
        answers = self.oms.take_in(lines)
        if fate == "arrives":
            self.verdicts |= {answer.digest: answer for answer in answers}

    @rule(which=st.integers(0, 99))
    def a_proxy_sends_an_old_request_again(self, which: int) -> None:
        self.oms.take_in(self.sent[which : which + 3])

    @rule()
    def the_folder_is_mended(self) -> None:
        self.folder |= {"/".join(file_path(one.header)): one.line for one in self.kept}

    @invariant()
    def the_chain_holds(self) -> None:
        report = check_chain(self.kept)
        assert report.ok, report

    @invariant()
    def no_number_is_missing_or_used_twice(self) -> None:
        """In each financial year 1, 2, 3 … in the order of the sales."""
        series: dict[str, list[int]] = {}
        for one in self.kept:
            number = parse_number(one.header.number or "")
            if number:
                series.setdefault(number.series, []).append(number.counter)
        assert all(counters == list(range(1, len(counters) + 1)) for counters in series.values())

    @invariant()
    def what_the_oms_has_is_what_was_sold(self) -> None:
        kept = {one.header.id: one for one in self.kept}
        assert all(kept[name] == one for name, one in self.oms.taken.items())

    @invariant()
    def synced_is_never_said_too_early(self) -> None:
        synced = {one.header.id for one in self.kept if state_of(one.digest, self.verdicts).word == "Synced"}
        assert synced <= set(self.oms.taken)

    def teardown(self) -> None:
        """At last the internet stays: everything arrives, once, and the folder is a whole copy."""
        while pending(self.kept, self.verdicts):
            self.push(4, "arrives")
        self.the_folder_is_mended()
        sales = [name for name, one in self.oms.taken.items() if one.header.kind is Kind.SALE]

        assert sorted(self.paid) == sorted(sales)
        filed = check_folder(self.folder.items())
        assert self.kept == tuple(each.entry for span in filed.spans for each in span.entries)
        assert (filed.files, filed.notes) == ((), ())
        assert VerdictKind.CONFLICT not in {each.kind for each in self.verdicts.values()}


def test_nothing_is_lost_or_doubled_whatever_happens() -> None:
    """This is the promise of the product: here it meets every order of events."""
    run_state_machine_as_test(Register, settings=settings(max_examples=60, stateful_step_count=30, deadline=None))

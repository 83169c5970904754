"""Old entries leave the browser, and nothing that the register needs goes with them."""

from datetime import timedelta

import pytest

from app.catalogue.image import Stocked
from app.domain.shift import Closed
from app.sync.bodies import Shift
from app.sync.chain import check_chain
from app.sync.checkpoint import ANCHOR, CHECKPOINT, Anchor, read_mark
from app.sync.entry import Kind
from app.sync.filing import good_copy
from app.sync.journal import Head
from app.sync.protocol import VerdictKind
from app.sync.status import FolderState
from app.till.shifts import all_shifts
from app.till.standing import pending
from tests.conftest import stock
from tests.till.till import KURTA, Till, image

QUARTER = timedelta(days=90)


@pytest.fixture
def three(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Three sales."""
    monkeypatch.setattr("app.till.recorder.EVERY", 2)
    monkeypatch.setattr("app.till.reader.SLICE", 2)
    selling.device.shelf.image = image((Stocked(KURTA, (stock("kurta-v", 50),)),))
    selling.hears("image")
    return sells(selling, 3)


@pytest.fixture
def old(three: Till) -> Till:
    """The OMS took them in ninety days before the fourth."""
    return ages(three)


def sells(till: Till, times: int = 1) -> Till:
    for _ in range(times):
        till.picks().pays().says("SaleLeft")
    return till


def ages(till: Till, by: timedelta = QUARTER) -> Till:
    """The OMS takes in what waits; ninety days later it takes in another sale, and the till looks."""
    till.is_judged()
    till.device.clock.at += by
    till.signs_in()
    sells(till).is_judged()
    return till


def looks(till: Till) -> Till:
    """A tick, long after the last look; then the courier drops the verdicts of what is gone."""
    till.time_passes(7 * 60 * 60)
    mark = anchor(till)
    kept = till.device.shelf.kept_verdicts
    for entry in [each for each in till.entries() if mark is not None and each.header.seq <= mark.seq]:
        kept.pop(entry.digest, None)
    till.hears("verdicts")
    return till


def anchor(till: Till) -> Anchor | None:
    return read_mark(Anchor, till.device.disk.local.get(ANCHOR, ""), Head.start("DS01", "R1", "key-1"))


def there(till: Till) -> list[int]:
    return sorted(till.device.disk.journal)


def test_what_is_old_leaves_the_browser(old: Till) -> None:
    """The disk of a till is not a warehouse; the folder and the OMS are."""
    looks(old)

    assert ([4], [4]) == (there(old), [kept.header.seq for kept in old.state.journal.kept])
    assert ("", 0) == (old.state.trouble, pending(old.state))


def test_what_is_an_hour_younger_stays(three: Till) -> None:
    """Ninety days are promised to whoever brings something back, and to support."""
    looks(ages(three, QUARTER - timedelta(hours=1)))

    assert ([1, 2, 3, 4], None) == (there(three), anchor(three))


def test_the_folder_keeps_everything(old: Till) -> None:
    """It is the store's own copy, for ever."""
    looks(old)

    assert {entry.line for entry in old.entries()} <= set(old.device.folder.files.values())


def test_chain_and_numbers_go_on_from_the_anchor(old: Till) -> None:
    """Over a restart too, with a checkpoint or without one: nobody can tell that something is gone."""
    looks(old)
    sells(old.starts_again().signs_in())
    old.device.disk.local.pop(CHECKPOINT)
    sells(old.starts_again().signs_in())

    numbers = [entry.header.number for entry in old.entries()]
    assert [f"DS01A2627-0000{number}" for number in range(1, 7)] == numbers
    assert (True, "") == (check_chain(old.entries()).ok, old.state.trouble)


@pytest.mark.parametrize("kind", [VerdictKind.REFUSED, VerdictKind.CONFLICT])
def test_what_was_refused_stays_with_all_that_follows(selling: Till, kind: VerdictKind) -> None:
    """It lies here alone, so it is what a person still has to look at."""
    sells(selling).is_judged()
    sells(selling).is_judged(kind)
    looks(ages(sells(selling)))

    assert [2, 3, 4] == there(selling)


def test_what_waits_stays(old: Till) -> None:
    """The OMS has never heard of it."""
    old.device.shelf.kept_verdicts.pop(old.entries()[1].digest)
    old.hears("verdicts")

    looks(old)

    assert [2, 3, 4] == there(old)


def test_what_is_not_in_the_folder_stays(old: Till) -> None:
    """A chosen folder that is away has to get its copy first."""
    old.device.folder.fault = FolderState.LOST
    old.says("FolderPicked")
    looks(old)
    kept = there(old)
    old.device.folder.fault = FolderState.OK
    old.signs_in().says("FolderPicked")

    looks(old)

    assert ([1, 2, 3, 4], [4]) == (kept, there(old))


def test_a_file_that_holds_something_else_keeps_its_entry(old: Till) -> None:
    """The better copy is here: it must not be thrown away for the worse."""
    path = next(path for path in old.device.folder.files if path[-1].startswith("000003"))
    old.device.folder.files[path] = b"damaged"

    looks(old)

    assert [3, 4] == there(old)


def test_a_good_copy_of_a_damaged_file_is_as_good(old: Till) -> None:
    """What is damaged stays as evidence; the copy beside it is what counts."""
    path = next(path for path in old.device.folder.files if path[-1].startswith("000003"))
    old.device.folder.files[good_copy(path)] = old.device.folder.files[path]
    old.device.folder.files[path] = b"damaged"

    assert [4] == there(looks(old))


def test_what_has_left_is_not_missing(old: Till) -> None:
    """The folder alone has it: neither a mend nor a start may bring it back."""
    looks(old).signs_in().says("FolderPicked")
    mended = there(old)
    old.starts_again().signs_in()

    assert ([4], [4]) == (mended, there(old))
    assert ("", 0) == (old.state.trouble, old.state.connection.missing_in_folder)


def test_without_a_folder_the_oms_is_enough(old: Till) -> None:
    """A store that never chose one would fill its disk for ever."""
    old.device.folder.chosen = ""
    old.says("FolderPicked")

    assert [4] == there(looks(old))


def test_a_restored_oms_stops_it(old: Till) -> None:
    """The courier has put the verdicts aside, and the till does not know it yet: nothing may go."""
    old.device.shelf.records["epoch"] = "after the fire"

    assert [1, 2, 3, 4] == there(looks(old))


def test_a_tab_that_was_taken_over_removes_nothing(old: Till) -> None:
    """The other tab may rest on what lies there."""
    old.device.disk.owner += 1

    looks(old)

    assert ([1, 2, 3, 4], None) == (there(old), anchor(old))


def test_a_removal_of_unknown_outcome_is_looked_up(old: Till) -> None:
    """The storage broke after it: the screen must not call what is gone pending."""
    old.device.disk.faults = ["breaks after"]

    looks(old)

    assert ([4], [4], 0) == (there(old), [kept.header.seq for kept in old.state.journal.kept], pending(old.state))


def test_a_removal_that_failed_is_made_good_later(old: Till) -> None:
    """A full disk cannot even forget; nothing is lost by that."""
    old.device.disk.faults = ["breaks before"]
    looks(old)
    kept = there(old)

    assert ([1, 2, 3, 4], [4]) == (kept, there(looks(old)))


def test_a_storage_that_does_not_answer_is_no_bug(old: Till) -> None:
    """Nobody waits for it; it is looked again later."""
    old.device.disk.unreadable = 1
    looks(old)
    kept = there(old)

    assert ([1, 2, 3, 4], "", [4]) == (kept, old.state.trouble, there(looks(old)))
    assert "report" not in old.device.disk.local


def test_nothing_goes_while_somebody_pays(old: Till) -> None:
    """A customer waits; last year does not."""
    old.says("ScreenOpened", screen="sell").picks().says("CheckoutOpened")

    assert [1, 2, 3, 4] == there(looks(old))


def test_a_lost_anchor_is_told_and_the_checkpoint_still_leads_on(old: Till) -> None:
    """A number that was given is not given again, although its entry is gone."""
    looks(old)
    old.device.disk.local.pop(ANCHOR)
    old.device.folder.chosen = ""

    sells(old.starts_again().signs_in())

    assert "is damaged at entry 1: it has sequence 4, but 1 was due" in old.state.trouble
    assert "DS01A2627-00005" == old.entries()[-1].header.number


def test_a_lost_anchor_is_made_good_by_the_folder(old: Till) -> None:
    """Nothing says any more that entries left on purpose, so they come back, and the chain is whole from its first."""
    looks(old)
    old.device.disk.local.pop(ANCHOR)

    sells(old.starts_again().starts_again().signs_in())

    assert ([1, 2, 3, 4, 5], "") == (there(old), old.state.trouble)


def shift(till: Till) -> Till:
    """A shift with one sale in it, counted and closed."""
    till.says("ScreenOpened", screen="shift").says("ShiftBegun", amount="100").says("ScreenOpened", screen="sell")
    sells(till).says("ScreenOpened", screen="shift")
    till.says("CountBegun").says("PiecesTyped", denomination=100_00, value="1").says("CountConfirmed")
    return till.says("ScreenOpened", screen="sell")


def reports(till: Till) -> list[int]:
    ends = [body.happened for body in till.bodies() if isinstance(body, Shift)]
    return [each.number for each in ends if isinstance(each, Closed)]


def test_the_number_of_a_z_report_goes_on(selling: Till) -> None:
    """Two reports with one number are two evenings of which one is lost."""
    looks(ages(shift(shift(selling))))
    looks(ages(selling.starts_again().signs_in()))
    gone = there(selling)

    shift(selling.starts_again().signs_in())

    assert ([8], [1, 2, 3]) == (gone, reports(selling))


def test_a_shift_that_runs_stays_whole(selling: Till) -> None:
    """Its cash is the sum of its entries, however long it runs."""
    shift(selling).says("ScreenOpened", screen="shift").says("ShiftBegun", amount="100")
    sells(selling.says("ScreenOpened", screen="sell"))

    looks(ages(selling))

    assert [4, 5, 6] == there(selling)
    assert Kind.SHIFT is selling.state.journal.kept[0].header.kind
    assert 100_00 + 2 * 500_00 == all_shifts(selling.state)[-1].expected


def test_what_goes_is_looked_up_where_it_lies(old: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A till that was started since holds no verdict on what is old: it asks for them, piece by piece."""
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    held = len(old.starts_again().signs_in().state.journal.verdicts)
    mark = anchor(looks(old))

    assert (1, 3) == (held, mark.seq if mark else 0)

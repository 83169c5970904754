"""Settings → Recover a register: the folder of a dead one is read here; nothing is wished before a manager said so."""

from collections.abc import Sequence

import pytest

from app.sync.entry import Entry, file_path
from app.sync.filing import good_copy
from app.sync.recovering import RECOVERY, Wish, begun
from app.sync.status import FolderState, Link
from app.till.flow.recovering import NO_CODE, NOBODY_ELSE, NOTHING, UNDER_WAY
from app.till.flow.starting import CLEARED
from app.till.rescuer import NOT_READ
from app.till.slices.recovering import LostJournal
from app.till.state import Screen
from tests.fakes.disk import FULL
from tests.sync.entries import chain, head, spoilt
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn

CODE = "1234-5678-9012"
DEAD = head(register="R7")


def lies(till: Till, entries: Sequence[Entry]) -> Till:
    """Put the disk of another machine beside this one."""
    till.device.lost.chosen = "USB stick"
    till.device.lost.files.update({file_path(entry.header): entry.line for entry in entries})
    return till


def confirms(till: Till, code: str = CODE, staff_id: str = "ravi", pin: str = "2222") -> Till:
    return till.says("RecoveryConfirmed", code=code, staff_id=staff_id, pin=pin)


def wish(till: Till) -> Wish | None:
    """What the courier reads."""
    text = till.device.disk.local.get(RECOVERY, "")
    return Wish.model_validate_json(text) if text else None


def courier_says(till: Till, **fields: object) -> Till:
    """Let the courier note how far it is."""
    wished = wish(till)
    assert wished is not None
    so_far = begun(wished).model_copy(update=fields)
    till.device.shelf.records[RECOVERY] = so_far.model_dump_json()
    till.hears("status")
    return till


def told(till: Till) -> str:
    return by_id(drawn(till.state), "recovery").text


@pytest.fixture
def rescuing(selling: Till) -> Till:
    """The folder of R7, three entries, beside the journal of this very register."""
    lies(selling, [*chain(3, DEAD), *chain(2, head(register="R1"))])
    return selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")


def test_the_only_lost_register_is_read_at_once(rescuing: Till) -> None:
    """Its lines lie there as they are, for the courier; this register's own journal is no lost one."""
    found = rescuing.state.recovering.found
    lines = [line for _, line in sorted(rescuing.device.disk.recovery.items())]

    assert isinstance(found, LostJournal)
    assert ("DS01-R7", 3, True) == (found.folder, found.entries, found.whole)
    assert [entry.line for entry in chain(3, DEAD)] == lines
    assert wish(rescuing) is None


def test_a_manager_and_a_code_make_the_wish(rescuing: Till) -> None:
    """Neither the PIN alone nor the code alone shuts a register out."""
    by_asha = confirms(rescuing, staff_id="asha", pin="1111"), wish(rescuing)
    wrong = confirms(rescuing, pin="0000"), wish(rescuing)
    none = confirms(rescuing, code=" – "), wish(rescuing), rescuing.state.recovering.problem
    confirms(rescuing, code=" 1234 5678 9012 ")
    made = wish(rescuing)

    assert (None, None, None, NO_CODE) == (by_asha[1], wrong[1], none[1], none[2])
    assert made is not None
    assert ("R7", CODE, 3, True) == (made.register, made.code, made.entries, made.whole)
    assert [(made.reading, at) for at in range(3)] == sorted(rescuing.device.disk.recovery)
    assert "local" in rescuing.device.channel.said


def test_a_damaged_folder_is_recovered_too_and_said(selling: Till) -> None:
    """What can be read is brought; where the chain breaks is what somebody looks for in another copy."""
    entries = [*chain(5, DEAD)]
    lies(selling, [entries[0], entries[1], entries[4]])
    selling.device.lost.files[file_path(entries[1].header)] = b"half"
    selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")
    before = told(selling)
    confirms(selling)

    assert (True, True) == ("entry 2 is missing" in before, "1 file could not be read" in before)
    assert [entries[0].line, entries[4].line] == [line for _, line in sorted(selling.device.disk.recovery.items())]
    made = wish(selling)
    assert made is not None
    assert (2, False) == (made.entries, made.whole)


def test_a_damaged_file_with_its_good_copy_is_recovered_as_whole(selling: Till) -> None:
    """The register had mended it long before it died: nobody is to be sent to look for another copy of the folder."""
    entries = chain(3, DEAD)
    lies(selling, entries)
    path = file_path(entries[1].header)
    selling.device.lost.files[path] = spoilt(entries[1].line)
    selling.device.lost.files[good_copy(path)] = entries[1].line
    selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")
    found = selling.state.recovering.found

    assert found is not None
    assert (3, 0, True) == (found.entries, found.unread, found.whole)
    assert [each.line for each in entries] == [line for _, line in sorted(selling.device.disk.recovery.items())]


def test_what_lies_in_the_wrong_folder_is_left_aside(selling: Till) -> None:
    """Somebody copied files of two tills together: a code for R7 brings what is of R7."""
    own, stray = chain(1, DEAD), chain(2, head(register="R8"))[1]
    lies(selling, own)
    selling.device.lost.files["DS01-R7", *file_path(stray.header)[1:]] = stray.line
    selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")

    assert [own[0].line] == list(selling.device.disk.recovery.values())
    assert "1 file could not be read" in told(selling)


def test_of_several_one_is_chosen(selling: Till) -> None:
    """A folder that three tills shared: which of them is dead, only people know."""
    lies(selling, [*chain(1, DEAD), *chain(2, head(register="R8")), *chain(1, head(store="XX01"))])
    selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")
    choice = selling.state.recovering.folders
    selling.says("LostRegisterChosen", folder="XX01-R1").says("LostRegisterChosen", folder="DS01-R8")
    found = selling.state.recovering.found

    assert ("DS01-R7", "DS01-R8") == choice
    assert found is not None
    assert ("DS01-R8", 2) == (found.folder, found.entries)


@pytest.mark.parametrize("case", ["own", "nothing", "gone", "full"])
def test_what_cannot_be_read_is_a_sentence_and_changes_nothing(selling: Till, case: str) -> None:
    """The wrong folder, an empty one, a stick that was pulled, a full disk: one may try again."""
    lies(selling, chain(2, head(register="R1")) if case == "own" else chain(2, DEAD))
    selling.device.lost.fault = FolderState.LOST if case == "gone" else FolderState.OK
    if case == "nothing":
        selling.device.lost.files = {file_path(entry.header): b"?" for entry in chain(2, DEAD)}
    if case == "full":
        selling.device.disk.faults = ["full"]
    selling.says("ScreenOpened", screen="settings").says("LostFolderPicked")
    said = {"own": NOBODY_ELSE, "nothing": NOTHING, "gone": NOT_READ, "full": FULL}[case]

    assert (said, None, True) == (
        selling.state.recovering.problem,
        wish(selling),
        by_id(drawn(selling.state), "lost-folder") is not None,
    )


def test_selling_goes_on_while_a_folder_is_read(selling: Till) -> None:
    """Ten thousand files take half a minute, and the queue does not wait."""
    lies(selling, chain(3, DEAD)).says("ScreenOpened", screen="settings")
    selling.says_at_once(("LostFolderPicked", {}), ("ScreenOpened", {"screen": "sell"}))
    selling.picks().pays()

    assert (1, 3) == (len(selling.orders()), len(selling.device.disk.recovery))


def test_another_folder_takes_the_place_of_the_first(rescuing: Till) -> None:
    """Not this one: what was read of it must not be mixed with the next."""
    rescuing.says("RecoveryLeft")
    rescuing.device.lost.files.clear()
    lies(rescuing, chain(1, head(register="R8"))).says("LostFolderPicked")
    confirms(rescuing)
    made = wish(rescuing)

    assert made is not None
    assert ("R8", 1, {(made.reading, 0)}) == (made.register, made.entries, set(rescuing.device.disk.recovery))


def test_what_is_under_way_is_not_disturbed(rescuing: Till) -> None:
    """A second folder would throw away the lines of the first before the courier has brought them."""
    confirms(rescuing)
    before = dict(rescuing.device.disk.recovery)
    courier_says(rescuing, done=1)
    rescuing.says("LostFolderPicked")

    assert (UNDER_WAY, before) == (rescuing.state.recovering.problem, rescuing.device.disk.recovery)
    assert "1 of 3" in told(rescuing)


def test_a_restart_shows_how_far_it_is(rescuing: Till) -> None:
    """Wish and lines lie on the disk; the till and the courier may start again as often as they like."""
    confirms(rescuing)
    courier_says(rescuing, done=2)
    rescuing.starts_again().signs_in().says("ScreenOpened", screen="settings")

    assert "2 of 3" in told(rescuing)


def test_offline_it_waits_and_says_so(rescuing: Till) -> None:
    """Nobody should sit before a bar that does not move."""
    confirms(rescuing)
    courier_says(rescuing, done=1)
    rescuing.link_is(Link.NO_SERVER)
    rescuing.hears("status")

    assert "goes on when the store’s server can be reached" in told(rescuing)


def test_the_result_is_said_in_words(rescuing: Till) -> None:
    """As one would say it on the telephone."""
    confirms(rescuing)
    courier_says(rescuing, done=3, booked=2, attention=1, fence=4)

    assert (
        "R7: 3 entries found, chain whole. 2 entries missing at the server: booked now. 1 need attention: the back "
        "office has a list. This register goes on for R7, which is out of service."
    ) in told(rescuing)


def test_a_picker_that_was_closed_is_said_in_words(selling: Till) -> None:
    """Whoever closed it by mistake has to know that nothing has begun."""
    selling.says("ScreenOpened", screen="settings").says("LostFolderRefused", why="AbortError")

    assert "No folder was chosen. Nothing was changed. Choose it again." in told(selling)


def test_a_wrong_code_is_asked_again_for_the_same_lines(rescuing: Till) -> None:
    """Nobody has to fetch the stick once more; also after a restart."""
    confirms(rescuing)
    courier_says(rescuing, why="That code is not valid for this register.")
    rescuing.starts_again().signs_in().says("ScreenOpened", screen="settings")
    said = told(rescuing)
    first = wish(rescuing)
    confirms(rescuing, code="9999-9999-9999")
    second = wish(rescuing)

    assert "That code is not valid" in said
    assert first is not None
    assert second is not None
    assert (first.reading, first.entries, "9999-9999-9999", True) == (
        second.reading, second.entries, second.code, first.id != second.id
    )  # fmt: skip


def test_nobody_begins_it_who_is_not_signed_in(selling: Till) -> None:
    """The lock screen of a till is in everybody's reach."""
    lies(selling, chain(1, DEAD)).says("SignedOut").says("LostFolderPicked")

    assert {} == selling.device.disk.recovery


def test_cleared_data_is_said_and_no_other_tab_is_blamed(selling: Till) -> None:
    """Somebody cleared the browsing data under an open till: looking for another tab would help nobody."""
    selling.device.disk.owner = 0

    selling.picks()

    assert (Screen.STOPPED, CLEARED) == (selling.state.screen, selling.state.stopped)

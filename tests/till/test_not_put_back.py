"""What the folder cannot give back, or must not: nothing unproved is taken, and everything is told."""

import pytest

from app.domain.numbers import parse_number
from app.sync.bodies import Reprint
from app.sync.entry import Entry
from app.sync.folder_words import ANOTHER, FOREIGN, NEITHER, USELESS
from app.sync.mode import Mode
from app.sync.protocol import Verdict, VerdictKind
from app.sync.status import FolderState
from app.till.effects import Record
from app.till.flow.step import Step
from app.till.recorder import LACKING
from app.till.standing import mode_now
from tests.till.test_recording import numbers, sells
from tests.till.test_two_places import filed, in_the_body, lines, loses, path_of, sold, spoils, whole
from tests.till.till import Till

__all__ = ["sold"]


def test_a_row_and_its_file_damaged_both_are_told(sold: Till) -> None:
    """Nobody here has the entry any more: it must not be hidden, and what is left of it is kept."""
    damaged = spoils(sold, 3, *in_the_body(sold, 3))
    sold.device.folder.files[path_of(sold, 3)] = b"damaged"

    sold.starts_again()

    assert NEITHER.format(seq=3) in sold.state.connection.folder_said
    assert (damaged, b"damaged") == (lines(sold)[2], filed(sold)["/".join(path_of(sold, 3))])


def test_a_changed_file_is_not_put_back(sold: Till) -> None:
    """Whoever writes a sale into the folder by hand must not have it booked: it does not open with our key."""
    path = path_of(sold, 5)
    old, new = in_the_body(sold, 5)
    sold.device.folder.files[path] = lines(sold)[4].replace(old, new)

    loses(sold, 5).starts_again()

    why = "it does not open, so it was changed"
    assert (4, USELESS.format(name=path[-1], why=why)) == (len(lines(sold)), sold.state.trouble)


def test_a_files_content_under_another_name_is_not_put_back(sold: Till) -> None:
    """A copy of an old sale under a new number would be a sale that never happened."""
    sold.device.folder.files[*path_of(sold, 5)[:-1], "000006-sale-new.json"] = lines(sold)[2]

    sold.starts_again()

    assert (5, True) == (len(lines(sold)), "it holds entry 3" in sold.state.trouble)


def test_what_is_none_of_ours_is_named_in_settings_and_left(sold: Till) -> None:
    """Somebody keeps a letter there: nobody is alarmed, and nothing of theirs is touched."""
    day = path_of(sold, 1)[:-1]
    sold.device.folder.files[*day, "letter.txt"] = sold.device.folder.files[*day, "Thumbs.db"] = b"mine"

    sold.starts_again()

    assert ("", (FOREIGN.format(name="letter.txt"),)) == (sold.state.trouble, sold.state.connection.folder_said)
    assert b"mine" == filed(sold)["/".join((*day, "letter.txt"))]


def test_a_full_disk_puts_nothing_back_and_says_so(sold: Till) -> None:
    """The entries stay in the folder, and the next start finds them again."""
    loses(sold, 2)
    sold.device.disk.faults = ["full", "full"]

    sold.starts_again()
    stood = (len(lines(sold)), "could not be put back" in str(sold.state.connection.folder_said))

    assert (4, True) == stood
    assert ([1, 2, 3, 4, 5], True) == ([e.header.seq for e in sold.starts_again().entries()], whole(sold))


def test_an_end_that_came_too_late_is_told_and_kept(sold: Till) -> None:
    """Lost, and sold on before the folder was granted: two entries in one place, none of them may be hidden."""
    lost, path = lines(sold)[4], path_of(sold, 5)
    sold.device.folder.fault = FolderState.PROMPT
    sells(loses(sold, 5).starts_again().signs_in())
    sold.device.folder.fault = FolderState.OK

    sold.says("FolderPicked")

    assert ANOTHER.format(name=path[-1]) in sold.state.connection.folder_said
    assert {lost, lines(sold)[4]} < set(filed(sold).values())


def test_without_its_end_a_register_waits_for_the_folder(sold: Till) -> None:
    """The browser lost the end, the OMS has it, and the folder wants a tap first: till then no number may be given."""
    before = lines(sold)
    sold.is_judged()
    sold.device.folder.fault = FolderState.PROMPT
    loses(sold, 4, 5).starts_again().signs_in()
    sells(sold)
    stood = (lines(sold), mode_now(sold.state))

    sold.device.folder.fault = FolderState.OK
    sold.says("FolderPicked")
    came_back = lines(sold)
    sells(sold)

    assert ((before[:3], Mode.TORN), before) == (stood, came_back)
    assert (6, Mode.ONLINE) == (getattr(parse_number(numbers(sold)[-1]), "counter", 0), mode_now(sold.state))


def test_nothing_is_written_in_the_place_of_its_end(sold: Till) -> None:
    """A reprint in the place of the lost sale, and the register would sell again, under the number of that sale."""
    before = lines(sold)
    sold.is_judged()
    sold.device.folder.fault = FolderState.PROMPT
    loses(sold, 5).starts_again().signs_in()
    sold.takes(
        Step(sold.state, (Record("late", Reprint(order_id="o", number="n", staff_id="asha", staff_name="Asha")),))
    )
    told = sold.state.trouble
    sells(sold)

    assert (before[:4], Mode.TORN, LACKING) == (lines(sold), mode_now(sold.state), told)


def test_no_offline_session_is_closed_in_the_place_of_its_end(sold: Till) -> None:
    """The register does that by itself as soon as it is online: the one who is lost may be just that entry."""
    sold.goes_offline()
    sells(sold)
    sold.comes_back()
    sold.is_judged()
    before = lines(sold)
    sold.device.folder.fault = FolderState.PROMPT
    loses(sold, len(before)).starts_again()
    sold.time_passes(2)

    assert (before[:-1], Mode.TORN, "") == (lines(sold), mode_now(sold.state), sold.state.trouble)


def test_a_verdict_on_what_could_not_be_read_tears_nothing(sold: Till) -> None:
    """A damaged line may name any place: only what the OMS has opened was really there."""
    refused = Verdict(digest="0" * 64, seq=900, kind=VerdictKind.REFUSED)
    sold.device.shelf.kept_verdicts[refused.digest] = refused.model_dump_json()

    sold.hears("verdicts")

    assert Mode.ONLINE is mode_now(sold.state)


@pytest.mark.parametrize("lost", [(), (2,)], ids=["damaged", "lost and damaged"])
def test_selling_goes_on_after_an_end_that_cannot_be_read(selling: Till, lost: tuple[int, ...]) -> None:
    """With no second copy nobody can say its number; the database refuses it, and it is left out."""
    selling.device.folder.chosen = ""
    sells(selling, 3)
    disk = selling.device.disk
    for seq in lost:
        del disk.journal[seq]
    disk.journal[3] = Entry(disk.journal[3].header, b"cut off")
    selling.device.spare.files.clear()
    sells(selling.starts_again().signs_in(), 2)

    assert [(4, "DS01A2627-00004"), (5, "DS01A2627-00005")] == [
        (seq, entry.header.number) for seq, entry in disk.journal.items() if seq > 3
    ]

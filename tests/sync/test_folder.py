"""A folder checked without a key: one changed byte is found wherever it is, and what cannot be known is not claimed."""

from random import Random

import pytest

from app.sync.chain import CHANGED, DOUBT, Finding
from app.sync.entry import Entry, Kind, file_path
from app.sync.filing import good_copy
from app.sync.folder import MENDED, MISPLACED, SAME, SPOILT, Checked, check_folder
from app.sync.journal import advanced
from tests.sync.entries import chain, entry, head

R1 = "DS01-R1"
Files = dict[str, bytes]


def name_of(made: Entry) -> str:
    return "/".join(file_path(made.header))


def copy_of(made: Entry) -> str:
    return "/".join(good_copy(file_path(made.header)))


def filed(*made: Entry) -> Files:
    return {name_of(each): each.line for each in made}


def check(files: Files) -> Checked:
    return check_folder(files.items())


def in_the_body(made: Entry) -> bytes:
    """The line with another letter in what is sealed; it still parses."""
    return made.line.replace(b'"sealed":"Ym9', b'"sealed":"Ym8')


def test_a_whole_folder_of_two_registers_is_whole() -> None:
    """What two registers wrote must never be called damaged, and each is a chain of its own."""
    found = check(filed(*chain(3), *chain(2, head(register="R2"))) | {"README.txt": b"keep me"})

    assert (True, ()) == (found.ok, found.notes)
    assert [(R1, 3), ("DS01-R2", 2)] == [(span.register, len(span.entries)) for span in found.spans]


def test_a_changed_body_is_named_by_its_own_entry() -> None:
    """An auditor opens the file that is named: it has to be the bad one, not the one after it."""
    made = chain(4)

    assert (Finding(R1, 2, CHANGED),) == check(filed(*made) | {name_of(made[1]): in_the_body(made[1])}).faults


def test_of_the_last_two_nobody_can_say_which() -> None:
    """The last entry is named by nobody, so it may be the changed one: both are said."""
    made = chain(2)

    assert (Finding(R1, 2, DOUBT),) == check(filed(*made) | {name_of(made[0]): in_the_body(made[0])}).faults


def test_a_file_under_another_name_is_told() -> None:
    """A sale moved to another day, or an entry's kind changed in its last entry: the name still says the truth."""
    made = chain(2)
    moved = name_of(made[1]).replace("2026-11-21", "2026-11-22")

    found = check(filed(made[0]) | {moved: made[1].line})

    assert ((moved, MISPLACED),) == found.files


def test_a_good_copy_makes_a_damaged_file_harmless() -> None:
    """The damaged file stays as evidence; the folder holds every entry again, so it is whole."""
    made = chain(3)
    name, copy = name_of(made[1]), copy_of(made[1])
    for damaged in (b"torn", in_the_body(made[1])):
        found = check(filed(*made) | {name: damaged, copy: made[1].line})

        assert (True, ((name, MENDED),)) == (found.ok, found.notes)


def test_a_damaged_copy_does_not_harm_the_file_that_is_whole() -> None:
    """A copy is worth what the chain says of it, like every file."""
    made = chain(3)
    copy = copy_of(made[1])
    for content, why in ((b"torn", SPOILT), (in_the_body(made[1]), SPOILT), (made[1].line, SAME)):
        found = check(filed(*made) | {copy: content})

        assert (True, ((copy, why),)) == (found.ok, found.notes)


def test_a_copy_of_the_last_entry_that_differs_is_a_fork() -> None:
    """Nobody names the last entry: whoever puts a "good copy" of it beside it must not replace it."""
    made = chain(2)

    assert (Finding(R1, 2, "2 different entries"),) == check(
        filed(*made) | {copy_of(made[1]): in_the_body(made[1])}
    ).faults


def test_two_sellers_in_one_place_are_a_fork_although_one_goes_on() -> None:
    """A copied profile: both sold, none of the two may be called a damaged copy."""
    made = chain(3)
    other = entry(advanced(head(), made[0]), Kind.REPRINT, id="other")

    assert Finding(R1, 2, "2 different entries") in check(filed(*made, other)).faults


def test_what_is_no_file_of_ours_is_only_said() -> None:
    """A file that a system left there costs nobody an entry; and a writing that broke off left none."""
    made = chain(2)
    foreign = {f"{R1}/journal/2026-11-21/Thumbs.db": b"\x00", f"{name_of(made[1])}.crswap": b""}

    found = check(filed(*made) | foreign)

    assert (True, sorted(foreign)) == (found.ok, [name for name, _ in found.notes])


def damaged(line: bytes, random: Random) -> bytes:
    """One byte changed: to any other, or to one of its kind, so that what is read stays well formed."""
    at = random.randrange(len(line))
    alike = next((kind for kind in (b"0123456789", b"abcdefABCDEF") if line[at : at + 1] in kind), bytes(range(256)))
    other = random.choice([byte for byte in random.choice([alike, bytes(range(256))]) if byte != line[at]])
    return line[:at] + bytes([other]) + line[at + 1 :]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_changed_bytes_are_found_without_a_key(seed: int) -> None:
    """The promise of the chain: whoever changes one byte of a sale that is not the last is found out."""
    random, made = Random(seed), chain(6)  # noqa: S311 -- the same damages each time
    files = filed(*made, *chain(2, head(register="R2")))

    unseen = []
    for _ in range(1000):
        which = random.choice(made[:-1])
        line = damaged(which.line, random)
        if check(files | {name_of(which): line}).ok:
            unseen.append(line)

    assert [] == unseen


def test_in_the_last_entry_alone_a_change_may_stay_unseen() -> None:
    """What the report says of the last entry is true: its body is vouched for by nobody, its place and number are."""
    made = chain(3)
    files, last = filed(*made), made[-1]

    body = check(files | {name_of(last): in_the_body(last)})
    number = check(files | {name_of(last): last.line.replace(b"00003", b"00004")})
    kind = check(files | {name_of(last): last.line.replace(b'"sale"', b'"void"')})

    assert (True, False, False) == (body.ok, number.ok, kind.ok)


def test_a_folder_reads_back_in_order() -> None:
    """Either copy rebuilds the other: the folder alone is a whole journal."""
    made = chain(3)
    found = check_folder([(name_of(one), one.line) for one in reversed(made)])
    entries = [tuple(each.entry for each in span.entries) for span in found.spans]

    assert ([made], True, ()) == (entries, found.ok, found.notes)


def test_what_is_no_entry_is_told_by_name_and_reason() -> None:
    """A person has to find the file again."""
    files = [("b/torn.json", chain(1)[0].line[:50]), ("a/x.json.crswap", b""), ("README.txt", b"keep me")]

    assert (
        ("a/x.json.crswap", "no entry: its writing was not finished"),
        ("b/torn.json", "no entry: the line is cut or damaged"),
    ) == check_folder(files).notes

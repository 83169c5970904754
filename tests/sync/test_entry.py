"""An entry's line: the one form that IndexedDB, the folder and the OMS share."""

from datetime import datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.sync.entry import Entry, Header, Unreadable, file_path, parse, split
from tests.conftest import NOW
from tests.sync.entries import IV, entry, head

LINE = entry(head()).line


def test_a_line_reads_back_as_the_entry_it_was() -> None:
    """The till resumes from these bytes and the OMS books them: nothing may change on the way."""
    made = entry(head())

    assert made == parse(made.line)


def test_a_newline_at_the_end_is_not_part_of_the_entry() -> None:
    """The wire puts newlines between entries; the digest is of the line alone."""
    made = entry(head())

    assert made == parse(made.line + b"\r\n")


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_a_value_not_an_exception(line: bytes) -> None:
    """A folder holds whatever a disk, a person or a virus scanner left in it."""
    assert isinstance(parse(line), Entry | Unreadable)


@given(st.integers(0, len(LINE) - 1), st.binary(max_size=3), st.integers(0, 8))
def test_a_damaged_line_never_raises(at: int, put: bytes, gone: int) -> None:
    """Damage close to the real form reaches deeper into the reading than noise does."""
    assert isinstance(parse(LINE[:at] + put + LINE[at + gone :]), Entry | Unreadable)


@given(st.integers(0, len(LINE) - 1))
def test_a_line_that_was_cut_is_unreadable(length: int) -> None:
    """A file whose writing was torn must not pass for a sale."""
    assert isinstance(parse(LINE[:length]), Unreadable)


def test_a_newer_version_is_named_as_such() -> None:
    """The person should update Store OS, not suspect the disk; a newer header may have fields unknown here."""
    newer = LINE.replace(b'"v":1', b'"v":2,"colour":"red"')

    assert Unreadable("written by a newer version (2) of Store OS") == parse(newer)


def test_a_seal_that_is_no_base64_is_damage() -> None:
    """Found before the key is asked, because a check of the chain never has the key."""
    assert Unreadable("the sealed part is cut or damaged") == parse(LINE.replace(b'"sealed":"', b'"sealed":"?'))


def test_splitting_gives_back_what_was_assembled() -> None:
    """Unsealing needs the header's exact bytes: they are what the seal authenticates."""
    made = entry(head(), body="secret")
    parts = split(made.line)

    assert not isinstance(parts, Unreadable)
    assert (IV, True) == (parts.iv, parts.bound in made.line)


@pytest.mark.parametrize("name", ["../up", "a/b", "", "con:", "x" * 65, ".hidden"])
def test_an_id_that_is_no_safe_file_name_is_refused(name: str) -> None:
    """The id becomes part of a file's name in the associate's folder."""
    with pytest.raises(ValidationError):
        entry(head(), id=name or " ")


def test_a_time_without_a_zone_is_refused() -> None:
    """Comparing it with another would be an exception in the middle of a check."""
    fields = entry(head()).header.model_dump() | {"at": datetime(2026, 11, 21)}  # noqa: DTZ001 -- the point

    with pytest.raises(ValidationError):
        Header(**fields)


def test_the_file_of_an_entry_is_found_by_register_day_and_sequence() -> None:
    """People look for a sale by its day; the contract promises this path."""
    path = PurePosixPath(*file_path(entry(head(seq=122), id="a1b2", at=NOW).header))

    assert PurePosixPath("DS01-R1/journal/2026-11-21/000123-sale-a1b2.json") == path


@pytest.mark.parametrize("sealed", [b"Ym9kee==", b"Ym9keR==", b"Ym9keQ=", b"Ym9keQ", b"Ym9ke===", b"", b"Ym9*"])
def test_no_two_texts_mean_the_same_body(sealed: bytes) -> None:
    """Spare bits of base64 are no place for a change that nobody sees: the seal would still open."""
    line = entry(head()).line.replace(b"Ym9keQ==", sealed)

    assert isinstance(parse(line), Unreadable)

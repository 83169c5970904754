"""The wire between releases: an older register understands a newer OMS."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.settings import Settings
from app.sync.entry import Unreadable
from app.sync.protocol import ChangesPage, Manifest, Pong, ProductChange, PromotionChange, read
from tests.conftest import product, promotion, settings

PONG = {"product": "store-os", "nonce": "n", "time": "2026-11-21T06:30:00Z", "epoch": "e", "revision": 7}
IMAGE = {"url": "/i", "bytes": 1, "sha256": "0" * 64, "format": 1, "cursor": 3, "made_at": "2026-11-21T06:30:00Z"}


def wire(document: object) -> bytes:
    return json.dumps(document).encode()


def test_a_field_of_a_newer_release_is_passed_over() -> None:
    """The OMS is updated first; a register that called it a stranger would go offline that night."""
    assert read(Pong, wire(PONG)) == read(Pong, wire(PONG | {"colour": "red"}))


def test_a_field_of_a_newer_release_deep_inside_is_passed_over() -> None:
    """Settings grow with every release."""
    newer = settings().model_dump(mode="json") | {"shiny": True}
    newer["seller"] |= {"fax": "1"}

    assert settings() == read(Settings, wire(newer))


def test_changes_of_an_unknown_data_set_are_passed_over() -> None:
    """The page of a newer OMS must not stop the prices from arriving."""
    kept = ProductChange(id="p1", revision=2, value=product())
    page = {"changes": [{"dataset": "spells", "id": "x"}, kept.model_dump(mode="json")], "cursor": 2, "more": False}

    assert ChangesPage(changes=(kept,), cursor=2, more=False) == read(ChangesPage, wire(page))


def test_a_promotion_of_a_new_kind_is_passed_over() -> None:
    """What the register cannot compute it must not apply; the prices behind it in the page have to arrive."""
    kept = PromotionChange(id="sale", revision=2, value=promotion())
    newer = kept.model_dump(mode="json") | {"id": "new"}
    newer["value"] |= {"offer": {"kind": "lucky_draw", "odds": 7}}
    page = {"changes": [newer, kept.model_dump(mode="json"), newer], "cursor": 3, "more": False}

    assert ChangesPage(changes=(kept,), cursor=3, more=False) == read(ChangesPage, wire(page))


def test_an_unknown_data_set_of_a_manifest_is_passed_over() -> None:
    """It is not needed by this release, so nothing waits for it."""
    document = {"v": 1, "image": IMAGE, "cursor": 3, "datasets": {"spells": {"rows": 1}, "staff": {"rows": 2}}}
    found = read(Manifest, wire(document))

    assert isinstance(found, Manifest)
    assert ["staff"] == list(found.datasets)


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><title>Sign in</title>", b"null", b'{"nonce":"n"}', wire(PONG | {"product": "other"})],
    ids=["empty", "portal", "null", "half", "another program"],
)
def test_somebody_elses_answer_is_unreadable(content: bytes) -> None:
    """A captive portal answers everything with 200."""
    assert isinstance(read(Pong, content), Unreadable)


def test_a_time_without_a_zone_is_unreadable() -> None:
    """The offset of the clock would be wrong by hours, and subtracting it an exception."""
    assert isinstance(read(Pong, wire(PONG | {"time": "2026-11-21T06:30:00"})), Unreadable)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_value_not_an_exception(content: bytes) -> None:
    """What comes over a wire is not ours to trust."""
    assert isinstance(read(ChangesPage, content), ChangesPage | Unreadable)

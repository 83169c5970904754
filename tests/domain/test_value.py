"""The base of every noun: what pydantic would get wrong without it."""

import pytest
from pydantic import ValidationError

from app.domain.money import Value
from app.sync.entry import GENESIS, Header
from tests.conftest import NOW


def test_a_field_named_register_has_to_be_given() -> None:
    """Pydantic took `ABCMeta.register` for its default: a header without a register passed, with a method in it."""
    given = {"v": 1, "store": "DS01", "seq": 1, "kind": "sale", "id": "o1", "at": NOW, "prev": GENESIS, "key": "k1"}

    with pytest.raises(ValidationError) as refused:
        Header.model_validate(given, strict=False)

    assert [(("register",), "missing")] == [(error["loc"], error["type"]) for error in refused.value.errors()]


def test_a_value_cannot_be_changed() -> None:
    """A cart or an order that someone could change in place would differ from what was shown or sealed."""

    class Noun(Value):
        name: str

    noun = Noun(name="kurta")
    with pytest.raises(ValidationError):
        noun.name = "sari"  # type: ignore[misc]

    assert "kurta" == noun.name

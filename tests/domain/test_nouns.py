"""Nouns that are built when they are first used, or in the quiet after a start: never while a customer waits."""

import pytest
from pydantic import ConfigDict, ValidationError

from app.domain.money import Value
from app.domain.nouns import building


def put_off() -> type[Value]:
    """A noun as a browser has it."""

    class Jar(Value):
        model_config = ConfigDict(defer_build=True)
        size: int

    return Jar


def test_a_noun_is_built_when_it_is_first_used() -> None:
    """Of some hundred and sixty a start needs thirty; building all took a quarter of its imports."""
    jar = put_off()
    before = jar.__pydantic_complete__

    with pytest.raises(ValidationError):
        jar.model_validate({"size": "many"})

    assert (False, True) == (before, jar.__pydantic_complete__)


def test_they_are_built_one_after_the_other() -> None:
    """A sale comes between two of them, and waits for no more than one."""
    two = [put_off(), put_off()]
    steps = building()
    first = next(steps)
    one = [each.__pydantic_complete__ for each in two]
    rest = list(steps)

    assert ([each is first for each in two], 1) == (one, len(rest))
    assert all(each.__pydantic_complete__ for each in two)

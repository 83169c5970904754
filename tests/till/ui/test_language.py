"""The language of the screen: looked up as a whole, known by its pattern, and never a hole."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from app import languages
from app.till.ui import language
from app.till.ui.language import speaking, t
from app.till.ui.regions import REGIONS, redraw
from tests.conftest import settings
from tests.till.ui.page import by_id, drawn
from tests.till.ui.stage import state

WORDS: Mapping[str, Mapping[str, str]] = {
    "hi": {
        "Pay now": "अभी भुगतान करें",
        "{count} sales wait": "{count} बिक्री बाकी",
        "{count} sales wait.": "{count} बिक्री बाकी।",
        "Tell somebody.": "किसी को बताएँ।",
        "{count} of {all}": "{all} में से {count}",
        "{count} sales wait for {what}.": "{what} के लिए {count} बिक्री बाकी।",
        "the internet": "इंटरनेट",
    }
}


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A dictionary of four sentences; what was looked up in it is forgotten."""
    monkeypatch.setattr(language, "WORDS", WORDS)
    caches = (language.translated, language._patterns)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(
    ("english", "names", "hindi"),
    [
        ("Pay now", {}, "अभी भुगतान करें"),
        ("{count} sales wait", {"count": 3}, "3 बिक्री बाकी"),
        ("3 sales wait for the internet.", {}, "इंटरनेट के लिए 3 बिक्री बाकी।"),
        ("3 sales wait.", {}, "3 बिक्री बाकी।"),
        ("3 sales wait. Tell somebody.", {}, "3 बिक्री बाकी। किसी को बताएँ।"),
        ("Nobody knows why. Tell somebody.", {}, "Nobody knows why. किसी को बताएँ।"),
        ("A heap of gold", {}, "A heap of gold"),
        ("Nobody translated this {braces}", {}, "Nobody translated this {braces}"),
    ],
)
def test_a_sentence_in_hindi(english: str, names: Mapping[str, object], hindi: str) -> None:
    """Sentences of the screen carry names apart, those of the core have them inside; both have to be understood."""
    with speaking("hi"):
        assert hindi == t(english, **names)


def test_english_is_said_as_it_stands() -> None:
    """English is the key itself: it costs nothing, and needs no dictionary."""
    assert "3 sales wait" == t("{count} sales wait", count=3)


def test_a_language_ends_with_the_drawing() -> None:
    """A drawing in Hindi must not leave the next one in Hindi."""
    with speaking("hi"):
        pass

    assert "Pay now" == t("Pay now")


def test_another_language_draws_everything() -> None:
    """Half a screen in the old language would be worse than either."""
    before = state()

    assert REGIONS.keys() == redraw(before, replace(before, language="hi")).keys()


def test_a_register_speaks_as_its_store_until_somebody_chooses() -> None:
    """A store in Lucknow is set up once, and one cashier may still want English."""
    people = replace(state().people, settings=settings(locale="hi-IN"))
    chosen = state(people=people, language="en")

    assert ["hi", "en"] == [by_id(drawn(one), "header").attrs["lang"] for one in (state(people=people), chosen)]


def test_every_language_has_a_name_of_its_own() -> None:
    """Whoever cannot read the screen has to find their language in the list."""
    assert {languages.ENGLISH, *languages.WORDS} == set(languages.NAMES)

"""The language of the screen: looked up as a whole, known by its pattern, and never a hole."""

from collections.abc import Iterator, Mapping

import pytest

from app import languages
from app.till.ui import language
from app.till.ui.language import speaking, t

WORDS: Mapping[str, Mapping[str, str]] = {
    "hi": {
        "Pay now": "अभी भुगतान करें",
        "{count} sales wait": "{count} बिक्री बाकी",
        "{count} sales wait for {what}": "{what} के लिए {count} बिक्री बाकी",
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
        ("3 sales wait for the internet", {}, "इंटरनेट के लिए 3 बिक्री बाकी"),
        ("3 sales wait", {}, "3 बिक्री बाकी"),
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


def test_every_language_has_a_name_of_its_own() -> None:
    """Whoever cannot read the screen has to find their language in the list."""
    assert {languages.ENGLISH, *languages.WORDS} == set(languages.NAMES)

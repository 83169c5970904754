"""The language of the screen. English sentences are the keys; `redraw` says which language is spoken.

Call `t` while drawing, never at import: what is translated once stays in the language of that moment.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from app.languages import ENGLISH, WORDS

_NAME = re.compile(r"\{(\w+)[^}]*\}")
_SENTENCE_END = re.compile(r"(?<=[.…]) (?=\S)")
_spoken = ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Draw in a language; one that is not known is English."""
    global _spoken
    before, _spoken = _spoken, language if language in WORDS else ENGLISH
    try:
        yield
    finally:
        _spoken = before


def spoken() -> str:
    """The tag of the language in force."""
    return _spoken


def t(english: str, /, **names: object) -> str:
    """Say a sentence in the language in force; names in braces are put in after it was looked up."""
    text = english if _spoken == ENGLISH else translated(english, _spoken)
    return text.format(**names) if names else text


@lru_cache(maxsize=2048)
def translated(english: str, language: str) -> str:
    """Look a text up: as a whole, else sentence by sentence; what nobody translated stays as it is."""
    sentences = _SENTENCE_END.split(english)
    whole = _known(english, language) if len(sentences) == 1 else WORDS[language].get(english)
    if whole is not None:
        return whole
    parts = [_known(sentence, language) for sentence in sentences]
    if None in parts and (found := _by_pattern(english, language)) is not None:
        return found
    return " ".join(part or sentence for part, sentence in zip(parts, sentences, strict=True))


def _known(english: str, language: str) -> str | None:
    return WORDS[language].get(english) or _by_pattern(english, language)


def _by_pattern(english: str, language: str) -> str | None:
    """A sentence that was made with its names in it."""
    for pattern, key in _patterns(language):
        if found := pattern.fullmatch(english):
            return _NAME.sub(lambda name: _part(found[name[1]], language), WORDS[language][key])
    return None


def _part(text: str, language: str) -> str:
    """What stood in a brace may be known words itself, or a list of them."""
    words = WORDS[language]
    return words.get(text) or ", ".join(words.get(part, part) for part in text.split(", "))


@lru_cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with names in them as patterns, the most exact first; single words would fit anything."""
    made = (key for key in WORDS[language] if _NAME.search(key) and key[-1] in ".…")
    keys = sorted(made, key=lambda key: -len(_NAME.sub("", key)))
    return tuple((re.compile(_pattern(key), re.DOTALL), key) for key in keys)


def _pattern(key: str) -> str:
    parts = _NAME.split(key)
    seen: set[str] = set()
    return "".join(_place(part, seen) if index % 2 else re.escape(part) for index, part in enumerate(parts))


def _place(name: str, seen: set[str]) -> str:
    """A brace as a group; the same name again stands for the same words."""
    if name in seen:
        return f"(?P={name})"
    seen.add(name)
    return f"(?P<{name}>(?:(?!\\. ).)+?)"

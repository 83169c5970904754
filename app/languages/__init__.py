"""The languages of the screen beside English, a file each: English sentences and what they are in it."""

from collections.abc import Mapping

from app.languages import hi

ENGLISH = "en"
NAMES: Mapping[str, str] = {ENGLISH: "English", "hi": "हिन्दी"}
"""Each language by its tag, as those who speak it call it."""
WORDS: Mapping[str, Mapping[str, str]] = {"hi": hi.WORDS}
"""A new language is one file and its line in these two tables."""

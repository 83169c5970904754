"""What the reference of a payment has to look like, in a form that a shop owner understands."""

import re
from enum import StrEnum

from pydantic import Field

from app.domain.money import Value

LONGEST = 64
"""Characters of any reference."""


class Characters(StrEnum):
    """What a reference may be made of; spaces and hyphens between them do not count."""

    ANY = "any"
    DIGITS = "digits"
    LETTERS = "letters"
    LETTERS_DIGITS = "letters_digits"


_MADE_OF = {
    Characters.ANY: re.compile(r".*", re.DOTALL),
    Characters.DIGITS: re.compile(r"[0-9]*"),
    Characters.LETTERS: re.compile(r"[A-Za-z]*"),
    Characters.LETTERS_DIGITS: re.compile(r"[A-Za-z0-9]*"),
}
_WORDS = {
    Characters.ANY: "characters",
    Characters.DIGITS: "digits",
    Characters.LETTERS: "letters",
    Characters.LETTERS_DIGITS: "letters or digits",
}
_BETWEEN = re.compile(r"[\s-]+")


class ReferenceRule(Value):
    """No pattern of somebody's own: one that never ends would stop the till."""

    label: str = Field(default="", max_length=40)
    """What the field is called at the till, such as "Approval code"; empty is "Reference"."""
    characters: Characters = Characters.ANY
    shortest: int = Field(default=0, ge=0, le=LONGEST)
    longest: int = Field(default=LONGEST, ge=1, le=LONGEST)

    @property
    def bounded(self) -> bool:
        """Whether anything is said about what it is made of."""
        return self.characters is not Characters.ANY or self.shortest > 0 or self.longest < LONGEST

    @property
    def asks(self) -> bool:
        """Whether the field is shown although nobody has to fill it in."""
        return bool(self.label) or self.bounded

    @property
    def name(self) -> str:
        return self.label or "Reference"


def wrong_reference(rule: ReferenceRule, reference: str) -> str:
    """Say what is wrong with a reference that was typed, or nothing."""
    counted = reference.strip() if rule.characters is Characters.ANY else _BETWEEN.sub("", reference)
    fits = rule.shortest <= len(counted) <= rule.longest and _MADE_OF[rule.characters].fullmatch(counted)
    return "" if fits else f"“{rule.name}” does not fit. {described(rule)}".strip()


def described(rule: ReferenceRule) -> str:
    """A rule as a sentence, such as "It has 4 to 12 letters or digits."; nothing where everything fits."""
    if not rule.bounded:
        return ""
    words, least, most = _WORDS[rule.characters], rule.shortest, rule.longest
    if least == most:
        return f"It has {least} {words}."
    if most == LONGEST:
        return f"It has at least {least} {words}." if least else f"It has only {words}."
    return f"It has {least} to {most} {words}." if least else f"It has at most {most} {words}."

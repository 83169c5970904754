"""Hindi is whole: every text of the screens, every sentence of the core, and nothing English left where it is drawn."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.languages import WORDS
from app.till.ui import language
from tests.till.ui.page import Node, drawn
from tests.till.ui.stages import STAGE

APP = Path(__file__).resolve().parents[3] / "app"
PAPER = frozenset({"invoice.py", "e_invoice.py", "receipt.py"})
"""What is printed speaks English: its words are the law's."""
CORE = [
    path
    for folder in ("domain", "catalogue", "sync", "courier", "till/flow", "till/ui")
    for path in sorted((APP / folder).rglob("*.py"))
    if path.name not in PAPER
] + sorted((APP / "till").glob("*.py"))
SENTENCE = re.compile(r"[^\n]* [^\n]*[.…]")
NO_SENTENCE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|PRAGMA)\b")
SPOKEN = {"aria-label", "title", "placeholder"}
WORD = re.compile(r"[A-Za-z]{3,}")
SAME = frozenset(
    {
        "CSV",
        "XLSX",
        "CGST",
        "SGST",
        "IGST",
        "GSTIN",
        "HSN",
        "HTTP",
        "IRN",
        "OMS",
        "PIN",
        "POS",
        "QR",
        "SKU",
        "Store",
        "UPI",
        "USB",
        "UTR",
        "Esc",
        "Enter",
        "English",
    }
)
"""Words that are the same in Hindi: names of things, keys, and each language by its own name."""


def _texts(tree: ast.AST) -> Iterator[str]:
    """Every text of a file, with braces where names are put in; docstrings are for us."""
    quiet: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            quiet.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            quiet |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{name}" for part in node.values)


def _given_to_t() -> Iterator[str]:
    """What the screens say: literals given to t() and to plural()."""
    for path in sorted((APP / "till" / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            spoken = node.func.id in {"mark", "note"} and isinstance(node.args[0], ast.Constant)
            if spoken or (node.func.id == "t" and path.name != "words.py"):
                yield from _texts(node.args[0])
            if node.func.id == "plural":
                one, *many = [text for given in node.args[1:] for text in _texts(given)]
                yield from (f"{{count}} {one}", f"{{count}} {(many or [one + 's'])[0]}")


def _sentences() -> Iterator[str]:
    """What the core says: every text that is a sentence."""
    for path in CORE:
        for text in _texts(ast.parse(path.read_text("utf-8"))):
            if SENTENCE.fullmatch(text) and not NO_SENTENCE.match(text):
                yield text


def _missing(english: str) -> list[str]:
    """The parts of a text that Hindi does not know."""
    if english in WORDS["hi"]:
        return []
    parts = [part for part in language._SENTENCE_END.split(english) if WORD.search(part.replace("{name}", ""))]
    # A name may stand for a whole sentence before another one.
    return [part for part in parts if not (_is_known(part) or _is_known(part.removeprefix("{name} ")))]


def _is_known(sentence: str) -> bool:
    """Whether Hindi has a sentence, or one that it becomes when its names are put in."""
    shape = re.compile(re.escape(sentence).replace(re.escape("{name}"), ".+"))
    return language._known(sentence, "hi") is not None or any(shape.fullmatch(key) for key in WORDS["hi"])


def test_every_text_of_the_screens_is_there_in_hindi() -> None:
    """A cashier who reads Hindi must not have to guess at the one English button."""
    assert [] == sorted({part for text in _given_to_t() for part in _missing(text)})


def test_every_sentence_of_the_core_is_there_in_hindi() -> None:
    """Reasons and troubles are read when something is wrong: then least of all in a foreign language."""
    assert [] == sorted({part for text in _sentences() for part in _missing(text)})


def test_hindi_keeps_every_name_that_is_put_in() -> None:
    """An amount that gets lost in translation is worse than no translation."""
    names = re.compile(r"\{(\w+)")

    assert [] == [key for key, hindi in WORDS["hi"].items() if set(names.findall(key)) != set(names.findall(hindi))]


def _data(value: object) -> Iterator[str]:
    """Every text that the state holds: names, numbers, what was typed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _data([getattr(value, name) for name in type(value).model_fields])
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _data([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, dict):
        yield from _data([*value.keys(), *value.values()])
    elif isinstance(value, (list, tuple, frozenset, set)):
        for one in value:
            yield from _data(one)


def _said(node: Node) -> Iterator[str]:
    """What is read or heard of a page; the invoice speaks English, as the law's words do."""
    if node.attrs.get("lang") == "en" or node.tag == "kbd":
        return
    yield from (node.attrs[name] or "" for name in SPOKEN & node.attrs.keys())
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _said(child)


@pytest.mark.parametrize("stage", sorted(STAGE))
def test_nothing_english_is_left_where_it_is_drawn(stage: str) -> None:
    """A text that does not go through t() is found here, whoever forgot it."""
    state = replace(STAGE[stage](), language="hi")
    data = {word for text in _data(state) for word in WORD.findall(text)}
    left = {word for text in _said(drawn(state)) for word in WORD.findall(text)} - data - SAME

    assert set() == left

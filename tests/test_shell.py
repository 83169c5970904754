"""The page stays a page: whatever is about selling is decided in Python."""

import re
from pathlib import Path

PUBLIC = Path(__file__).parents[1] / "public"
SHELL = PUBLIC / "shell.js"
PAGE = (SHELL, *(PUBLIC / f"{name}.js" for name in ("arrows", "outside", "scrolling", "updating", "camera")))
TRADE = re.compile(
    r"\b(sale|cart|order|invoice|receipt|customer|product|price|stock|tax|tender|payment|cash|staff|pin|catalogue"
    r"|coupon|discount|refund|shift)s?\b(?!\.)",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"await \(await (?:[^()]|\([^()]*\)|\(\))*\)\.\w+|\(await (?:[^()]|\([^()]*\))*\)\.get(?:Directory|File)Handle"
)
NOT_COLLECTED = ("database()", "kept(path)")
"""What the browser does not forget: requests of a database, and the body of an answer."""
EVENT = re.compile(r"\"[A-Z][a-z]+(?:[A-Z][a-z]+)+\"")


def test_the_page_knows_no_word_of_the_trade() -> None:
    """Two places that know what a sale is will disagree, and only one of them has tests."""
    assert [] == [word for path in PAGE for word in TRADE.findall(path.read_text("utf-8"))]


def test_the_page_names_no_event() -> None:
    """An event renamed in Python must not need a change here; names of browser errors and keys are the browser's."""
    browsers = {'"AbortError"', '"NotAllowedError"', '"BarcodeDetector"'}

    assert browsers >= set(EVENT.findall(SHELL.read_text("utf-8")))


def test_whoever_is_asked_has_a_name_until_it_answers() -> None:
    """A file's handle that is collected while it is asked never answers: one start in ten hung for ever by it."""
    sources = [*PUBLIC.glob("*.*js"), *(PUBLIC.parent / "app" / "browser").glob("*.py")]
    found = [(path.name, each) for path in sources for each in NAMELESS.findall(path.read_text("utf-8"))]

    assert [] == [(name, each) for name, each in found if not any(kept in each for kept in NOT_COLLECTED)]
    assert NAMELESS.search("file = await (await _folder()).getFileHandle(name)")
    assert NAMELESS.search("async () => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER)")

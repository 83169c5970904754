"""The styles: complete, local, and in step with the views."""

import re
import tomllib
from pathlib import Path

from app import VERSION
from app.till.ui.parts import TINTS
from tests.till.ui.stages import STAGE, stage_page

ROOT = Path(__file__).resolve().parents[3]
STYLES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "public/styles").glob("*.css"))}
ALL = "\n".join(STYLES.values())


def test_each_file_is_taken_in() -> None:
    """A file that index.css forgets styles nothing."""
    assert sorted(STYLES) == sorted([*re.findall(r'@import url\("([\w.]+)"\)', STYLES["index.css"]), "index.css"])


def test_each_token_that_is_used_is_defined() -> None:
    """A misspelt token is an element without colour."""
    assert set() == set(re.findall(r"var\((--[\w-]+)", ALL)) - set(re.findall(r"(--[\w-]+):", ALL))


def test_nothing_is_fetched_from_another_host() -> None:
    """Fonts and pictures have to be there when the internet is not."""
    assert [] == re.findall(r"https?://[^\s)]+", ALL)


def test_each_tint_has_its_colours() -> None:
    """A tile whose tint does not exist has letters on nothing."""
    assert {f"tint-{i}" for i in range(TINTS)} == set(re.findall(r"\.(tint-\d+)", ALL))


def _classes() -> set[str]:
    nodes = [node for name in STAGE for node in stage_page(name).walk()]
    return {each for node in nodes for each in (node.attrs.get("class") or "").split()}


def test_each_class_that_is_drawn_is_styled() -> None:
    """A class without a style is a leftover, or a typing error that nobody sees."""
    styled = set(re.findall(r"\.([a-z][\w-]*)", ALL))

    assert {"register", "role"} >= _classes() - styled


def test_the_version_on_the_status_page_is_that_of_the_product() -> None:
    """Who is asked for help needs the right number."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert project["project"]["version"] == VERSION

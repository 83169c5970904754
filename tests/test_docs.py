"""The guides speak of the product as it is: their pictures are taken by the tour, their words stand on its screens."""

import re
from pathlib import Path

import pytest

from app.domain.staff import PIN_ROUNDS
from server.dist.policy import CONTENT_SECURITY_POLICY
from server.guard import ALWAYS_HTTPS, SAFETY
from server.oms.secrets import RSA_BITS
from server.punctual import MOST_CONNECTIONS

ROOT = Path(__file__).parent.parent
GUIDES = sorted((ROOT / "docs").glob("*.md"))
PICTURE = re.compile(r"!\[[^\]]+\]\((?:docs/)?pictures/([a-z0-9-]+)\.png\)")
NAME_ON_SCREEN = re.compile(r"\*\*([^*]+)\*\*")
COMMAND = re.compile(r"-m server ([a-z-]+)")
SCREENS = [path for folder in ("app", "server/demo", "server/office") for path in (ROOT / folder).rglob("*.py")]


def pictures(path: Path) -> set[str]:
    """The names of the pictures that a page shows."""
    return set(PICTURE.findall(path.read_text("utf-8")))


def test_every_picture_of_a_guide_is_taken_by_the_tour() -> None:
    """A picture that nobody takes again shows the product of last year."""
    tour = (ROOT / "e2e" / "tour.py").read_text("utf-8")
    taken = set(re.findall(r'takes\("([a-z0-9-]+)"\)', tour)) | set(re.findall(r'"([a-z0-9-]+)\.png"', tour))

    assert set() == {name for page in (*GUIDES, ROOT / "README.md") for name in pictures(page)} - taken


def test_every_picture_that_is_kept_is_shown() -> None:
    """Pictures that no page shows only make the repository larger."""
    kept = {path.stem for path in (ROOT / "docs" / "pictures").glob("*.png")}

    assert kept == {name for page in (*GUIDES, ROOT / "README.md") for name in pictures(page)}


@pytest.mark.parametrize("guide", ["associates.md", "admins.md"])
def test_what_a_guide_calls_by_name_stands_on_a_screen(guide: str) -> None:
    """Somebody who looks for a button that has another name now gives up."""
    names = set(NAME_ON_SCREEN.findall((ROOT / "docs" / guide).read_text("utf-8")))
    screens = "".join(path.read_text("utf-8") for path in SCREENS)

    assert names
    assert set() == {name for name in names if f'"{name}' not in screens}


@pytest.mark.parametrize("guide", [*GUIDES, ROOT / "README.md"], ids=lambda path: path.name)
def test_every_command_of_a_page_exists(guide: Path) -> None:
    """A command that is gone is found out on the worst day."""
    known = (ROOT / "server" / "commands.py").read_text("utf-8") + (ROOT / "server" / "__main__.py").read_text("utf-8")

    assert set() == {name for name in COMMAND.findall(guide.read_text("utf-8")) if f'"{name}"' not in known}


@pytest.mark.parametrize("guide", [*GUIDES, ROOT / "README.md", ROOT / "e2e" / "README.md"], ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    """A newcomer follows them."""
    links = re.findall(r"\]\(([^)#:]+)\)", guide.read_text("utf-8"))

    assert [] == [link for link in links if not (guide.parent / link).exists()]


@pytest.mark.parametrize(
    ("server", "line"), [("Caddy", "{name} {value}\n"), ("nginx", "add_header {name} {value} always;\n")]
)
@pytest.mark.parametrize("name", SAFETY)
def test_another_web_server_is_told_to_send_the_headers_that_our_host_sends(server: str, line: str, name: str) -> None:
    """A shop behind nginx must be as closed as one behind our host, and still reach its receipt printer."""
    guide = (ROOT / "docs" / "hosting.md").read_text("utf-8")
    section = guide.split(f"## {server}\n")[1].split("\n## ")[0].replace('"', "")
    value = "POLICY" if name == "Content-Security-Policy" else SAFETY[name]

    assert line.format(name=name, value=value) in section


@pytest.mark.parametrize("header", ["Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"])
def test_nginx_is_told_to_say_who_calls(header: str) -> None:
    """It calls from the host's own machine: without the caller's address a stranger enrols without a code."""
    guide = (ROOT / "docs" / "hosting.md").read_text("utf-8")

    assert f"    proxy_set_header {header};\n" in guide.split("## nginx\n")[1].split("    location")[0]


def test_nginx_is_told_to_say_no_more_with_errors_than_with_pages() -> None:
    """Without “always” its own 404 and 502 have no header; but with it an error would be kept for ever."""
    lines = re.findall(r"add_header (\S+) .*?( always)?;\n", (ROOT / "docs" / "hosting.md").read_text("utf-8"))

    assert {"Cache-Control"} == {name for name, always in lines if not always}


def test_another_web_server_keeps_browsers_on_https() -> None:
    """Somebody in the shop's network would otherwise answer the first call of the day."""
    name, value = ALWAYS_HTTPS
    guide = (ROOT / "docs" / "hosting.md").read_text("utf-8")

    assert 2 == guide.count(f'{name} "{value}"')


def test_every_test_that_the_page_on_security_names_exists() -> None:
    """A promise whose test is gone is none."""
    named = re.findall(r"`((?:tests|e2e)/[a-z_/]+\.py)`", (ROOT / "docs" / "security.md").read_text("utf-8"))

    assert (True, []) == (len(named) > 12, [name for name in named if not (ROOT / name).is_file()])


def test_what_the_page_on_security_says_of_the_policy_is_so() -> None:
    """It names what is loosened; should more of it be, the page has to say so first."""
    loose = set(re.findall(r"'unsafe-[a-z]+'|'wasm-unsafe-eval'|blob:|data:|\*", CONTENT_SECURITY_POLICY))
    page = (ROOT / "docs" / "security.md").read_text("utf-8")

    assert {"'unsafe-eval'", "'wasm-unsafe-eval'", "blob:", "data:"} == loose
    assert ["`'unsafe-eval'`", "`blob:`"] == [each for each in ("`'unsafe-eval'`", "`blob:`") if each in page]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("PBKDF2 with {:,} rounds", PIN_ROUNDS),
        ("RSA-OAEP {}", RSA_BITS),
        ("{} connections at most", MOST_CONNECTIONS),
        ("leave with their entries, after {} days", 90),
    ],
)
def test_numbers_on_the_page_on_security_are_those_of_the_code(words: str, number: int) -> None:
    """Somebody decides by them what to trust."""
    page = " ".join((ROOT / "docs" / "security.md").read_text("utf-8").split())

    assert words.format(number) in page

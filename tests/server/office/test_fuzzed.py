"""The back office's forms and addresses against whatever can be typed, pasted, cut off or made up: never a 5xx."""

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from server.oms.oms import Oms
from tests.conftest import line, order
from tests.server.application import application
from tests.server.browser import Browser
from tests.server.office.office import ROOT, Office
from tests.server.office.test_doors import routes

NAMES = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
ENDS = {"/sign-out", "/password"}
"""What ends a visit or changes its password is tried by hand in test_entering."""
typed = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ("", " ", "\x00", "a\x00b", "\ud83d\ude00" * 300, "9" * 400, "-1", "1e999", "NaN", "½", "٣", "²", "'; --")
    ),
    st.sampled_from(("0001-01-01", "9999-12-31", "2026-02-30", "on", "null", "[]", "{}", "../..", "%00", "\u202e")),
)
quick = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # a walk over every page takes too long to be made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def admin(oms: Oms, register: Browser) -> Office:
    """Somebody who may do everything, in a store where something has happened; a mistake of ours is a 500 to them."""
    register.push(register.sale(order(line("nothing"), id="o1")))
    return Office.sign_in(oms, TestClient(application(oms), base_url="http://localhost", raise_server_exceptions=False))


Fields = Callable[[str], list[str]]


@pytest.fixture
def fields_of(admin: Office) -> Fields:
    """What a page's forms ask for, by its path; each page is looked at once."""

    @cache
    def found(path: str) -> list[str]:
        reply = admin.client.get(f"{ROOT}{path}")
        return sorted({unescape(name) for name in NAMES.findall(reply.text)} - {"csrf"})

    return found


def encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@quick
@given(st.data())
def test_no_form_breaks_the_server(oms: Oms, admin: Office, fields_of: Fields, data: st.DataObject) -> None:
    """Huge, empty, half and wrong: whoever sends it gets a page that says what is wrong."""
    failed: list[tuple[str, dict[str, str], int]] = []
    for method, path in routes(oms):
        if method != "POST" or path in ENDS:
            continue
        known = fields_of(path)
        sent = data.draw(st.dictionaries(st.sampled_from([*known, "more"]), typed, max_size=8), label=path)
        sent.pop("active" if path.startswith("/people/") else "", None)
        kept = {"role": "admin", "active": "on"} if path.startswith("/people") else {}
        reply = admin.sends(path.lstrip("/"), **{name: encodable(value) for name, value in (sent | kept).items()})
        failed += [(path, sent, reply.status_code)] if reply.status_code >= 500 else []

    assert ([], 200) == (failed, admin.client.get(f"{ROOT}/people").status_code)  # who is locked out tests the door


@quick
@given(st.data())
def test_no_address_breaks_the_server(oms: Oms, admin: Office, fields_of: Fields, data: st.DataObject) -> None:
    """Links get cut, mended by hand and sent in mails."""
    failed: list[tuple[str, dict[str, str], int]] = []
    for method, path in routes(oms):
        if method != "GET":
            continue
        names = [*fields_of(path), "page", "format", "said"]
        asked = data.draw(st.dictionaries(st.sampled_from(names), typed, max_size=6), label=path)
        reply = admin.client.get(f"{ROOT}{path}", params={name: encodable(value) for name, value in asked.items()})
        failed += [(path, asked, reply.status_code)] if reply.status_code >= 500 else []

    assert [] == failed


@quick
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_breaks_the_sign_in(oms: Oms, name: str, password: str) -> None:
    """The one form that strangers have."""
    client = TestClient(application(oms), base_url="http://localhost", raise_server_exceptions=False)
    given_: dict[str, Any] = {"name": encodable(name), "password": encodable(password)}
    reply = client.post(f"{ROOT}/sign-in", data=given_, follow_redirects=False)

    assert 403 == reply.status_code

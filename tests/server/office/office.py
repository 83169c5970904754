"""The back office as a person uses it in a browser: signs in, follows links, fills forms in."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from server.office.people import Role, add_person
from server.oms.oms import Oms
from server.oms.tables_online import Audit
from tests.server.browser import Browser

PASSWORD = "correct horse battery"
ROOT = "/office"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Office:
    """One browser, signed in."""

    client: TestClient

    @classmethod
    def sign_in(cls, oms: Oms, client: TestClient, role: Role = Role.ADMIN, name: str = "") -> "Office":
        """Let somebody in and sign them in."""
        name = name or role.value
        with oms.database.write() as session:
            denied = add_person(session, name, role, PASSWORD)
        assert denied is None, denied
        reply = client.post(f"{ROOT}/sign-in", data={"name": name, "password": PASSWORD}, follow_redirects=False)
        assert reply.status_code == 303, reply.text
        return cls(client)

    def opens(self, path: str, **query: str) -> str:
        """Open a page and return what stands on it, tags and all."""
        reply = self.client.get(f"{ROOT}/{path}", params=query or None)
        assert reply.status_code == 200, reply.text
        return reply.text

    def sends(self, path: str, **fields: str) -> Response:
        """Send a form with the token that every page of ours carries."""
        return self.client.post(f"{ROOT}/{path}", data={"csrf": self.token, **fields}, follow_redirects=False)

    def uploads(self, path: str, name: str, content: bytes) -> Response:
        """Send a form with a file."""
        return self.client.post(f"{ROOT}/{path}", data={"csrf": self.token}, files={"file": (name, content)})

    @property
    def token(self) -> str:
        """What our forms carry."""
        found = _CSRF.search(self.opens("password"))
        assert found is not None
        return unescape(found[1])


def told(register: Browser, dataset: str) -> dict[str, Any]:
    """What a register reads about a data set, by id."""
    changes = register.get("/changes", cursor=0, datasets=dataset).json()["changes"]
    return {change["id"]: change["value"] for change in changes}


COMING_AND_GOING = ("enrolment", "sign in")


def trail(oms: Oms, *only: str) -> list[tuple[str, str, str, dict[str, Any], dict[str, Any], str]]:
    """What the audit tells, oldest first, but who came in; of some actions where they are named."""
    wanted = Audit.action.in_(only) if only else Audit.action.not_in(COMING_AND_GOING)
    with oms.database.read() as session:
        rows = session.scalars(select(Audit).where(wanted).order_by(Audit.id)).all()
    return [(r.staff_id, r.action, r.subject, json.loads(r.before), json.loads(r.after), r.reason) for r in rows]

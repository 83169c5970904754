"""What every page passes on its way in: a visit, a role that reaches, and for changes a form of our own."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.domain.texts import visible
from server.office.cookies import VISIT, given
from server.office.people import Role
from server.office.visits import Visit, visit_of
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.times import now

ROOT = "/office"
ADMINS = ("people", "registers", "settings")
"""Areas that only an admin may change."""
ONLY_ADMINS = ("people",)
"""Areas that only an admin may look at."""
OWN = ("sign-out", "password")
"""What everybody may do for themselves."""
READING = frozenset({"GET", "HEAD"})
MOST_FIELDS = 500
FOLDERS = re.compile(rf"{ROOT}/registers/[^/]+/import")
"""Where a whole folder may be brought, file by file."""
MOST_FILES = 25_000


def to(*path: str) -> str:
    """The address of a page; ids may hold anything."""
    return "/".join((ROOT, *(quote(part, safe="") for part in path)))


@dataclass(frozen=True, slots=True)
class Form:
    """What a person sent, and who they are; a missing field is an empty one."""

    visit: Visit
    fields: Mapping[str, str] = field(default_factory=dict)
    file: UploadFile | None = None
    files: tuple[UploadFile, ...] = ()
    """All of them, where it is a folder."""

    def __getitem__(self, name: str) -> str:
        return visible(self.fields.get(name, "")).strip()

    def ticked(self, name: str) -> bool:
        return name in self.fields


def needed(method: str, path: str) -> Role:
    """The least role for a page: one rule for all of them, so that a new page can't forget it."""
    area = path.removeprefix(ROOT).strip("/").split("/")[0]
    if area in ONLY_ADMINS:
        return Role.ADMIN
    if method in READING or area in OWN:
        return Role.VIEWER
    return Role.ADMIN if area in ADMINS else Role.MANAGER


def the_visit(request: Request, oms: WithOms) -> Visit:
    """Let people in who have signed in and may do this; show others where to sign in."""
    with oms.database.read() as session:
        visit = visit_of(session, oms.keys, given(request, VISIT), now())
    if visit is None:
        back = f"?next={quote(request.url.path, safe='/')}" if request.method in READING else ""
        raise Failed(303, "Sign in first", headers={"Location": f"{ROOT}/sign-in{back}"})
    role = needed(request.method, request.url.path)
    if not visit.may(role):
        raise Failed(403, "That is not yours to do", f"It takes the role “{role}”. Nothing was changed.")
    return visit


WithVisit = Annotated[Visit, Depends(the_visit)]


async def the_form(request: Request, visit: WithVisit) -> Form:
    """Read a form, and believe only one that we have drawn for this visit."""
    if request.method in READING:
        return Form(visit)
    same_site(request)
    folder = FOLDERS.fullmatch(request.url.path) is not None
    sent = await request.form(max_files=MOST_FILES if folder else 1, max_fields=MOST_FIELDS)
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    if not hmac.compare_digest(fields.get("csrf", "").encode(), visit.csrf.encode()):
        raise Failed(403, "This form is too old", "Nothing was changed. Go back, reload the page, and send it again.")
    files = tuple(value for _, value in sent.multi_items() if isinstance(value, UploadFile))
    return Form(visit, fields, files[0] if files else None, files)


WithForm = Annotated[Form, Depends(the_form)]


def same_site(request: Request) -> None:
    """Turn away what another site made a browser send."""
    said, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if said is not None:  # newer than Origin, and true behind a proxy that changes the host
        foreign = said not in {"same-origin", "none"}
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise Failed(403, "This came from another site", "Nothing was changed. Open the back office and do it there.")

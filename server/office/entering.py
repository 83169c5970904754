"""Signing in and out, one's own password, and the two files that make the pages look like the till."""

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qsl

import htpy as h
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from server.office import audit, parts
from server.office.cookies import VISIT, give, given, is_local, remember, take_back, tries_of
from server.office.doors import ROOT, WithForm, WithVisit, same_site
from server.office.frame import HEADERS, alone, head, leads, page
from server.office.people import LONGEST, SHORTEST, Denied, Tries, check, set_password, tidy
from server.office.tables import OfficePerson
from server.office.visits import LASTS, Visit, begin, end
from server.oms.doors import WithOms, caller
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.times import now

public = APIRouter()
own = APIRouter()
STYLE = Path(__file__).with_name("office.css")
CHECKING = CapacityLimiter(2)
"""Passwords that are checked at a time: each takes 64 MB, and a core."""
MOST_FIELDS = 10
"""Of the form that people send who are not signed in."""
_NEXT = re.compile(r"/office(/[a-zA-Z0-9_-][a-zA-Z0-9_.-]*)*/?")
_SYMBOLS = re.compile(r"<symbol .*?</symbol>", re.DOTALL)


@public.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Ask who it is."""
    return _sign_in(request, request.query_params.get("next", ""))


@public.post("/sign-in")
async def sign_in(request: Request, oms: WithOms) -> Response:
    """Let somebody in, or say why not."""
    same_site(request)
    fields = await _small_form(request)
    name, onward = tidy(fields.get("name", ""))[:100], fields.get("next", "")
    password, tries = fields.get("password", "")[: LONGEST + 1], tries_of(request, oms, name)
    outcome = await to_thread.run_sync(_enter, oms, name, password, tries, caller(request), limiter=CHECKING)
    if isinstance(outcome, Denied):
        return _sign_in(request, onward, name, outcome)
    where = onward if _NEXT.fullmatch(onward) else f"{ROOT}/"
    answer = RedirectResponse(where, status_code=303, headers=HEADERS)
    give(answer, request, VISIT, outcome, LASTS)
    remember(answer, request, oms, name)
    return answer


def _enter(oms: Oms, name: str, password: str, tries: Tries, where: str) -> str | Denied:
    role = check(oms, name, password, now(), tries)
    if isinstance(role, Denied):
        if not role.wait:  # what was not looked at is no line, so a flood of guesses is one a second
            _wrong(oms, name, where)
        return role
    with oms.database.write() as session:
        audit.note(session, name, "sign in", f"people/{name}", None, {"from": where})
        return begin(session, name, now())


def _wrong(oms: Oms, name: str, where: str) -> None:
    """Write a wrong password down; a name that nobody has may be a password in the wrong field, and is not kept."""
    with oms.database.write() as session:
        known = name if session.get(OfficePerson, name) else "nobody"
        audit.note(session, "", "wrong password", f"people/{known}", None, {"from": where})


async def _small_form(request: Request) -> dict[str, str]:
    """Read a form of strangers, and no more of it than a name and a password need."""
    try:
        return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Failed(400, "That is too much", "A name and a password are enough.") from None


def _sign_in(request: Request, onward: str, name: str = "", denied: Denied | None = None) -> Response:
    unsafe = request.url.scheme != "https" and not is_local(request)
    warning = "This address is not secured, and the browser will not stay signed in. Open it with https://."
    content = h.form(".card.stack", method="post", action=f"{ROOT}/sign-in")[
        h.h1["Sign in"],
        parts.note(warning, "amber", "triangle-alert") if unsafe else None,
        parts.problem(denied.why if denied else ""),
        h.input(type="hidden", name="next", value=onward if _NEXT.fullmatch(onward) else ""),
        parts.field("name", "Name", name, required=True, autocomplete="username", autofocus=not name),
        parts.field("password", "Password", type="password", required=True, autocomplete="current-password"),
        parts.button("Sign in"),
    ]
    if denied and denied.wait:
        return alone("Sign in", content, status=429, headers={"Retry-After": str(denied.wait)})
    return alone("Sign in", content, status=403 if denied else 200)


@own.post("/sign-out")
def sign_out(request: Request, oms: WithOms, form: WithForm) -> Response:
    """End this visit."""
    del form
    with oms.database.write() as session:
        end(session, given(request, VISIT))
    answer = leads("sign-in")
    take_back(answer, request, VISIT)
    return answer


@own.get("/password")
def password_page(visit: WithVisit) -> Response:
    """Ask for a new password."""
    return _password(visit)


@own.post("/password")
def change_password(request: Request, oms: WithOms, form: WithForm) -> Response:
    """Change one's own password; every browser has to sign in again."""
    visit, new = form.visit, form.fields.get("new", "")
    if not SHORTEST <= len(new) <= LONGEST:
        return _password(visit, f"A password has {SHORTEST} to {LONGEST} characters. Nothing was changed.")
    tries = Tries(oms.known_browsers, (f"{visit.name} password",))
    role = check(oms, visit.name, form.fields.get("old", ""), now(), tries)
    if isinstance(role, Denied):
        if not role.wait:
            _wrong(oms, visit.name, caller(request))
        return _password(visit, role.why if role.wait else "The old password is not right. Nothing was changed.")
    with oms.database.write() as session:
        set_password(session, visit.name, new)
        audit.note(session, visit.name, "password", f"people/{visit.name}", None, None)
    return leads("sign-in")


def _password(visit: Visit, why: str = "") -> Response:
    content = parts.form(
        visit,
        f"{ROOT}/password",
        parts.problem(why),
        parts.field("old", "Old password", type="password", required=True, autocomplete="current-password"),
        parts.field(
            "new",
            "New password",
            type="password",
            required=True,
            autocomplete="new-password",
            hint=f"At least {SHORTEST} characters. You sign in again with it.",
        ),
        parts.button("Change password", "lock"),
    )
    return page(visit, "Password", head("Password"), h.div(".card.narrow")[content], status=422 if why else 200)


@public.get("/style.css")
def style(request: Request, oms: WithOms) -> Response:
    """Our own rules behind the till's, which lie in dist/ under the hash of their content."""
    folder = next(iter(sorted((oms.settings.dist / "assets").glob("page.*/styles"))), None)
    till = f"/assets/{folder.parent.name}/styles" if folder else f"{ROOT}/no-dist"
    return _text(request, STYLE.read_text("utf-8").replace("{{till}}", till), "text/css; charset=utf-8")


@public.get("/icons.svg")
def icons(request: Request, oms: WithOms) -> Response:
    """The till's icons, which stand in its page."""
    index = oms.settings.dist / "index.html"
    symbols = _SYMBOLS.findall(index.read_text("utf-8")) if index.is_file() else []
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    return _text(request, drawn, "image/svg+xml")


def _text(request: Request, text: str, kind: str) -> Response:
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=kind, headers=headers)

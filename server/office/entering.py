"""Signing in and out, one's own password, and the two files that make the pages look like the till."""

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qsl

import htpy as h
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from server.office import audit, parts
from server.office.doors import COOKIE, ROOT, WithForm, WithVisit, same_site
from server.office.frame import HEADERS, alone, head, leads, page
from server.office.people import SHORTEST, Denied, check, set_password, tidy
from server.office.visits import LASTS, Visit, begin, end
from server.oms.doors import WithOms
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.times import now

public = APIRouter()
own = APIRouter()
STYLE = Path(__file__).with_name("office.css")
MOST_FIELDS = 10
"""Of the form that people send who are not signed in."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
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
    outcome = await run_in_threadpool(_enter, oms, name, fields.get("password", "")[:1000])
    if isinstance(outcome, Denied):
        return _sign_in(request, onward, name, outcome.why)
    where = onward if _NEXT.fullmatch(onward) else f"{ROOT}/"
    answer = RedirectResponse(where, status_code=303, headers=HEADERS)
    secure = request.url.hostname not in LOCAL
    lasts = int(LASTS.total_seconds())
    answer.set_cookie(COOKIE, outcome, max_age=lasts, path=ROOT, secure=secure, httponly=True, samesite="strict")
    return answer


def _enter(oms: Oms, name: str, password: str) -> str | Denied:
    role = check(oms, name, password, now())
    if isinstance(role, Denied):
        return role
    with oms.database.write() as session:
        return begin(session, name, now())


async def _small_form(request: Request) -> dict[str, str]:
    """Read a form of strangers, and no more of it than a name and a password need."""
    try:
        return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Failed(400, "That is too much", "A name and a password are enough.") from None


def _sign_in(request: Request, onward: str, name: str = "", why: str = "") -> Response:
    unsafe = request.url.scheme != "https" and request.url.hostname not in LOCAL
    warning = "This address is not secured, and the browser will not stay signed in. Open it with https://."
    content = h.form(".card.stack", method="post", action=f"{ROOT}/sign-in")[
        h.h1["Sign in"],
        parts.note(warning, "amber", "triangle-alert") if unsafe else None,
        parts.problem(why),
        h.input(type="hidden", name="next", value=onward if _NEXT.fullmatch(onward) else ""),
        parts.field("name", "Name", name, required=True, autocomplete="username", autofocus=not name),
        parts.field("password", "Password", type="password", required=True, autocomplete="current-password"),
        parts.button("Sign in"),
    ]
    return alone("Sign in", content, status=403 if why else 200)


@own.post("/sign-out")
def sign_out(request: Request, oms: WithOms, form: WithForm) -> Response:
    """End this visit."""
    del form
    with oms.database.write() as session:
        end(session, request.cookies.get(COOKIE, ""))
    answer = leads("sign-in")
    answer.delete_cookie(COOKIE, path=ROOT)
    return answer


@own.get("/password")
def password_page(visit: WithVisit) -> Response:
    """Ask for a new password."""
    return _password(visit)


@own.post("/password")
def change_password(oms: WithOms, form: WithForm) -> Response:
    """Change one's own password; every browser has to sign in again."""
    visit, new = form.visit, form.fields.get("new", "")
    if len(new) < SHORTEST:
        return _password(visit, f"A password has at least {SHORTEST} characters. Nothing was changed.")
    role = check(oms, visit.name, form.fields.get("old", ""), now())
    if isinstance(role, Denied):
        return _password(visit, "The old password is not right. Nothing was changed.")
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

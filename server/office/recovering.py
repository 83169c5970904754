"""Registers → a lost one: the code with which another register takes over, and who went on for whom."""

from collections.abc import Sequence

import htpy as h
from fastapi import APIRouter, Response

from server.office import audit, parts
from server.office.doors import WithForm, to
from server.office.frame import head, page
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.recovering import CODE_DAYS, make_recovery_code
from server.oms.tables import Register
from server.oms.tables_recovering import Recovery

router = APIRouter()


@router.post("/registers/{register_id}/recovery-code")
def recovery_code(oms: WithOms, form: WithForm, register_id: str) -> Response:
    """Make a one-time code; it is shown this once, and only its hash is kept."""
    with oms.database.write() as session:
        if session.get(Register, register_id) is None:
            raise Failed(404, "There is no such register")
        made = make_recovery_code(session, register_id)
        audit.note(session, form.visit.name, "recovery code", f"registers/{register_id}", None, None)
    words = (
        f"On the other machine open Settings → Recover a register, choose the folder of {register_id}, and type the "
        f"code. It can be used once, within {CODE_DAYS} days, and is not shown again. "
        f"With the first entries that arrive {register_id} is taken out of service, for good."
    )
    content = parts.card(f"Code for {register_id}", h.p(".secret.num", id="code")[made], h.p[words])
    back = parts.go(to("registers", register_id), register_id, "arrow-left", tone="plain")
    return page(form.visit, "Recovery code", back, head("Recovery code"), content, at="registers")


def asking(visit: Visit, row: Register) -> h.Element:
    """The form that makes a code."""
    words = (
        "For a machine that is dead, with its folder in hand: another register reads the folder, sends here what is "
        f"missing, and goes on in place of {row.id}, with invoice numbers of its own. It needs a code."
    )
    press = parts.button("Make a recovery code", "refresh-cw", tone="")
    form = parts.form(visit, to("registers", row.id, "recovery-code"), press)
    return parts.card("Recover on another machine", h.p(".quiet")[words], form)


def facts(row: Register, recoveries: Sequence[Recovery]) -> list[tuple[str, h.Node]]:
    """Whom it went on for, and who goes on for it."""
    return [("Recovered", _fact(row, each)) for each in recoveries]


def _fact(row: Register, each: Recovery) -> h.Node:
    other = each.register if each.by == row.id else each.by
    link, booked = parts.link(to("registers", other), other), parts.many(each.booked, "entry", "entries")
    after = f"its entry {each.last_seq:,}" if each.by == row.id else f"entry {each.last_seq:,}"
    who = "goes on for " if each.by == row.id else "goes on as "
    return h.span[who, link, f" after {after}; {booked} brought, {parts.when(each.at)}, fence {each.fence}"]

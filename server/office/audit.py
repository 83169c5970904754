"""Who changed what, and when: written in the transaction of the change, so there is never one without the other."""

import json
from collections.abc import Mapping

from pydantic import BaseModel
from sqlalchemy.orm import Session

from server.oms.revisions import take
from server.oms.tables_online import Audit
from server.oms.times import now

OFFICE = "office"
"""Stands where a change from a till names its register."""
Facts = Mapping[str, object] | BaseModel | None
SECRET = frozenset({"pin", "password"})
"""Fields of which only the change is told."""


def note(
    session: Session, who: str, action: str, subject: str, before: Facts, after: Facts, *, reason: str = ""
) -> None:
    """Write down a change; what is the same before and after is left out."""
    old, new = _facts(before), _facts(after)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    row = Audit(id=take(session, "audit"), at=now(), register=OFFICE, staff_id=who, action=action, subject=subject)
    row.before, row.after = (_written({name: facts[name] for name in changed if name in facts}) for facts in (old, new))
    row.reason = reason
    session.add(row)


def read(written: str) -> dict[str, object]:
    """Facts as they were written."""
    facts = json.loads(written) if written else {}
    return facts if isinstance(facts, dict) else {}


def _facts(value: Facts) -> dict[str, object]:
    if value is None:
        return {}
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else dict(value)


def _written(facts: dict[str, object]) -> str:
    hidden = {name: "•••" if name in SECRET else value for name, value in facts.items()}
    return json.dumps(hidden, ensure_ascii=False)

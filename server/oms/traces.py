"""Lines of the audit for what is done through the API: by which register, on what, and what came of it."""

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from server.oms.revisions import take
from server.oms.tables_online import Audit
from server.oms.times import now


def trace(
    session: Session, register: str, action: str, subject: str, after: Mapping[str, object], *, who: str = ""
) -> None:
    """Write down what a register did, in the transaction in which it is done."""
    row = Audit(id=take(session, "audit"), at=now(), register=register, staff_id=who, action=action, subject=subject)
    row.before, row.after, row.reason = "{}", json.dumps(after), ""
    session.add(row)

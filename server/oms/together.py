"""Registers that belong together: where one goes on for a lost one, reports and lists can have both as one."""

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from server.oms.tables_recovering import Recovery

AND = "+"
"""Between the names of registers that are asked for together; no name has it."""


def among(column: SQLColumnExpression[str], wanted: str) -> ColumnElement[bool]:
    """Whether a row is of the register that is asked for, or of one of several."""
    return column.in_(wanted.split(AND))


def together(session: Session) -> tuple[tuple[str, ...], ...]:
    """Each register that goes on for lost ones, with all that came before it, the newest first."""
    query = select(Recovery.by, Recovery.register).where(Recovery.fence.is_not(None)).order_by(Recovery.fence)
    chains: dict[str, list[str]] = {}
    for by, lost in session.execute(query):
        chain = chains.setdefault(by, [by])
        chain += [each for each in chains.get(lost, [lost]) if each not in chain]
    return tuple(tuple(chain) for chain in chains.values())

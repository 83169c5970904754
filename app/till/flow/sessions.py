"""Offline sessions: opened when the register goes offline, closed when it is back; each leaves two entries."""

from datetime import datetime

from app.domain.session import Outcome, running, sessions
from app.sync.bodies import SessionClosed, SessionOpened, Why, happening
from app.sync.mode import Mode
from app.sync.status import Link
from app.till.effects import Record
from app.till.flow.step import Step, replace
from app.till.selectors import mode_now, moment
from app.till.slices.journal import unbroken
from app.till.state import Kept, State

MUTE = frozenset({Mode.TORN, Mode.COPIED})
"""Nothing is written then: its place may be taken, or nobody would ever send it."""
OFFLINE = frozenset({Mode.OFFLINE_AUTO, Mode.OFFLINE_BY_HAND})
"""Checking is no session: a register that starts does not know yet."""


def attended(state: State, fresh: str) -> Step:
    """Open or close a session where the mode asks for it; called at each tick, so that a failed entry is made good."""
    connection, mode = state.connection, mode_now(state)
    known = state.journal.head is not None and state.journal.whole  # the session that goes on may be an older one
    if not known or connection.recording_session or mode in MUTE:
        return Step(state)
    record: Record | None = None
    if connection.session_id is None and mode in OFFLINE:
        record = _opened(state, fresh, mode)
    elif connection.session_id is not None and mode not in OFFLINE and connection.link.link in {Link.UP, Link.REVOKED}:
        record = _closed(state, connection.session_id)
    if record is None:
        return Step(state)
    return Step(replace(state, connection=replace(connection, recording_session=record.id)), (record,))


def open_session(kept: tuple[Kept, ...]) -> str | None:
    """The session that the journal left open: a register that starts again goes on in it.

    Behind a gap it may have ended in what is not open here.
    """
    happenings = (happening(each.body, Outcome.WAITING) for run in unbroken(kept)[-1:] for each in run)
    session = running(sessions(each for each in happenings if each is not None))
    return session.id if session else None


def _opened(state: State, session_id: str, mode: Mode) -> Record:
    why = Why.BY_HAND if mode is Mode.OFFLINE_BY_HAND else Why.CONNECTION
    staff_id, name = _user(state)
    body = SessionOpened(session_id=session_id, at=_time(state), why=why, staff_id=staff_id, staff_name=name)
    return Record(id=f"{session_id}-opened", body=body)


def _closed(state: State, session_id: str) -> Record:
    opened = next((each.body for each in state.journal.kept if _opens(each, session_id)), None)
    why, at = Why.CONNECTION, _time(state)
    if isinstance(opened, SessionOpened):
        why, at = opened.why, max(at, opened.at)
    staff_id, name = _user(state)
    body = SessionClosed(session_id=session_id, at=at, why=why, staff_id=staff_id, staff_name=name)
    return Record(id=f"{session_id}-closed", body=body)


def _time(state: State) -> datetime:
    """Never before the last entry: a clock that was set back makes no session end before it began."""
    last = state.journal.head.last_at if state.journal.head else None
    return max(moment(state), last) if last else moment(state)


def _opens(kept: Kept, session_id: str) -> bool:
    return isinstance(kept.body, SessionOpened) and kept.body.session_id == session_id


def _user(state: State) -> tuple[str, str]:
    user = state.sign_in.user
    return (user.id, user.name) if user else ("", "")

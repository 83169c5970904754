"""The queue of e-invoices: a row for each order that needs an IRN, worked off beside everything else and retried.

The row is written together with the order, so that none is forgotten; the portal is asked outside of any transaction.
"""

import logging
import threading
from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.order import Order
from app.sync.e_invoice import EInvoice, EInvoiceState
from server.oms.database import Database
from server.oms.findings import Finding, FindingKind, raise_about
from server.oms.irn import NotRegistered, Portal, Registered
from server.oms.tables import OrderRow
from server.oms.tables_e_invoice import IrnJob
from server.oms.times import now

log = logging.getLogger("store_os.e_invoices")
LOOK_EVERY = 5.0
"""Seconds between two looks of the worker."""
FIRST_WAIT = timedelta(seconds=30)
"""After a try that failed; each further one waits twice as long."""
LONGEST_WAIT = timedelta(hours=1)
AT_ONCE = 20
SILENT = "The invoice portal does not answer. It is asked again by itself."
UNREADABLE = "The answer of the invoice portal could not be read. It is asked again by itself."


def job_row(order: Order) -> dict[str, object]:
    """The row of an order that needs an IRN: due at once."""
    done = {"why": "", "irn": "", "ack_number": "", "ack_at": None, "qr": ""}
    return {"order_id": order.id, "state": EInvoiceState.QUEUED.value, "tries": 0, "due_at": now(), **done}


class EInvoices:
    """Works the queue off; one worker, and whoever asks for an order does not wait for it."""

    def __init__(self, database: Database, portal: Portal) -> None:
        self._database = database
        self.portal = portal
        self._stop = threading.Event()
        self._worker = threading.Thread(target=self._work, name="e-invoices", daemon=True)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        self._stop.set()
        if self._worker.is_alive():
            self._worker.join()

    def look_up(self, order_id: str) -> EInvoice | None:
        """What became of an order's e-invoice; one that is due is sent in now."""
        self._send(order_id)
        with self._database.read() as session:
            job = session.get(IrnJob, order_id)
            return None if job is None else _e_invoice(job)

    def send_due(self) -> int:
        """Send in what is due; return how many were."""
        with self._database.read() as session:
            due = IrnJob.state == EInvoiceState.QUEUED.value, IrnJob.due_at <= now()
            ids = session.scalars(select(IrnJob.order_id).where(*due).order_by(IrnJob.due_at).limit(AT_ONCE)).all()
        for order_id in ids:
            self._send(order_id)
        return len(ids)

    def _work(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            try:
                self.send_due()
            except Exception:
                log.exception("the queue of e-invoices could not be worked off; it is tried again")

    def _send(self, order_id: str) -> None:
        at = now()
        with self._database.read() as session:
            job, row = session.get(IrnJob, order_id), session.get(OrderRow, order_id)
            if job is None or row is None or job.state != EInvoiceState.QUEUED.value or job.due_at > at:
                return
            order = Order.model_validate_json(row.value)
        answer = self._ask(order, at)
        with self._database.write() as session:
            job, row = session.get(IrnJob, order_id), session.get(OrderRow, order_id)
            if job is None or row is None or job.state != EInvoiceState.QUEUED.value:
                return
            _note(job, answer, at)
            if job.state == EInvoiceState.FAILED.value:
                raise_about(session, row, Finding(FindingKind.E_INVOICE, job.why))

    def _ask(self, order: Order, at: datetime) -> Registered | NotRegistered:
        try:
            return self.portal.register(order, at)
        except OSError:
            log.warning("the invoice portal does not answer", exc_info=True)
            return NotRegistered(SILENT, again=True)
        except Exception:  # one odd answer must not keep back all that are due behind it
            log.exception("the answer of the invoice portal about order %s could not be read", order.id)
            return NotRegistered(UNREADABLE, again=True)


def _note(job: IrnJob, answer: Registered | NotRegistered, at: datetime) -> None:
    job.tries += 1
    if isinstance(answer, Registered):
        job.state, job.why = EInvoiceState.DONE.value, ""
        job.irn, job.ack_number, job.ack_at, job.qr = answer.irn, answer.ack_number, answer.ack_at, answer.qr
        return
    job.state = EInvoiceState.QUEUED.value if answer.again else EInvoiceState.FAILED.value
    job.why = answer.why
    job.due_at = at + min(FIRST_WAIT * 2 ** min(job.tries - 1, 10), LONGEST_WAIT)


def _e_invoice(job: IrnJob) -> EInvoice:
    return EInvoice(
        state=EInvoiceState(job.state),
        why=job.why,
        irn=job.irn,
        ack_number=job.ack_number,
        ack_at=job.ack_at,
        qr=job.qr,
    )

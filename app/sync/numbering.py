"""Bodies that bear a legal number: it is written in when the journal gives it, and an exchange names the number before.

Both entries of an exchange become durable in one transaction, so neither ever stands without the other.
"""

from datetime import datetime

from app.sync.bodies import Body, CreditNote, Sale, Training, given_back


def numbered(body: Body, number: str | None, before: Body | None) -> Body:
    """A body as it is sealed: with its own number, and a sale with that of the credit note it was exchanged for."""
    if isinstance(body, CreditNote) and number:
        return CreditNote(note=body.note.model_copy(update={"number": number}))
    if not isinstance(body, Sale | Training):
        return body
    order = body.order.model_copy(update={"number": number}) if number else body.order
    if order.credit is not None and isinstance(before, CreditNote):
        order = order.model_copy(update={"credit": order.credit.model_copy(update={"number": before.note.number})})
    return body.model_copy(update={"order": order})


def business_time(body: Body) -> datetime | None:
    """The time that a body itself bears; None where its entry takes the clock's."""
    back = given_back(body)
    if isinstance(body, Sale | Training):
        return body.order.at
    return back.at if back else None

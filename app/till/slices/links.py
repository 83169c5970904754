"""Payment links that are no longer wanted, and when the one that is was last looked at."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.payment import PaymentLink


@dataclass(frozen=True, slots=True)
class Links:
    """The link of the open sale stands with its checkout; these wait to be withdrawn."""

    loose: tuple[PaymentLink, ...] = ()
    looked_at: datetime | None = None

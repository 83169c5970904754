"""The table of what moved the balances of vouchers and house accounts."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class BalanceMove(Base):
    """One change of one balance, in minor units; a balance is what its moves add up to."""

    __tablename__ = "balance_moves"
    id: Mapped[str] = mapped_column(primary_key=True)
    """Of a sale: its order and the place of the payment, so that it is booked once."""
    kind: Mapped[str]
    """voucher or account, as the kinds of tenders."""
    key: Mapped[str] = mapped_column(index=True)
    """A voucher's code; the customer of a house account."""
    amount: Mapped[int]
    """What a voucher gains, or what a customer owes more; negative the other way."""
    at: Mapped[datetime]
    why: Mapped[str]
    order_id: Mapped[str]
    """Empty where it was no sale."""
    register: Mapped[str]
    who: Mapped[str]

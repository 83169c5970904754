"""The cash of registers: shifts, cash moved beside sales, and how both are booked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _shifts()
    _moves()
    _ledger()


def _shifts() -> None:
    op.create_table(
        "shifts",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "register", "opened_by", "closed_by")),
        sa.Column("day", sa.Date(), nullable=True),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("opened_seq", "closed_seq", "opening_float", "number")),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("expected", "counted")),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("opened_at", "closed_at")),
        sa.Column("count", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
    )
    for column in ("register", "day"):
        op.create_index(f"ix_shifts_{column}", "shifts", [column])


def _moves() -> None:
    texts = ("digest", "shift_id", "register", "reason", "staff_name", "approved_by")
    op.create_table(
        "cash_moves",
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("amount", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_cash_moves"),
    )
    op.create_index("ix_cash_moves_shift_id", "cash_moves", ["shift_id"])


def _ledger() -> None:
    op.create_table(
        "cash_ledger",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "account")),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("amount", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("digest", "account", name="pk_cash_ledger"),
    )
    op.create_index("ix_cash_ledger_business_day", "cash_ledger", ["business_day"])

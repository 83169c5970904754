"""What follows an order: corrections, exceptions for the back office, and the offline sessions it belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the columns beside what was there."""
    op.add_column("orders", sa.Column("computed", NUMBER, nullable=True))
    op.add_column("rejects", sa.Column("seq", NUMBER, nullable=True))
    _amendments()
    _exceptions()
    _sessions()


def _amendments() -> None:
    op.create_table(
        "amendments",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "order_id", "original", "register")),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_amendments"),
    )
    op.create_index("ix_amendments_order_id", "amendments", ["order_id"])


def _exceptions() -> None:
    op.create_table(
        "exceptions",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "kind", "order_id", "register")),
        sa.Column("seq", NUMBER, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", "kind", name="pk_exceptions"),
    )
    for column in ("order_id", "register", "opened_at"):
        op.create_index(f"ix_exceptions_{column}", "exceptions", [column])


def _sessions() -> None:
    op.create_table(
        "offline_sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("opened_seq", NUMBER, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("why", "staff_id", "staff_name")),
        sa.Column("closed_seq", NUMBER, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offline_sessions"),
    )
    for column in ("register", "day"):
        op.create_index(f"ix_offline_sessions_{column}", "offline_sessions", [column])

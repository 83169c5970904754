"""E-invoices: the queue of orders that need an IRN."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "irn_jobs",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("irn", sa.String(), nullable=False),
        sa.Column("ack_number", sa.String(), nullable=False),
        sa.Column("ack_at", MOMENT, nullable=True),
        sa.Column("qr", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_irn_jobs_order_id"),
        sa.PrimaryKeyConstraint("order_id", name="pk_irn_jobs"),
    )
    op.create_index("ix_irn_jobs_state", "irn_jobs", ["state"])
    op.create_index("ix_irn_jobs_due_at", "irn_jobs", ["due_at"])

"""Card payments: where each stands, and the sandbox processor's answers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _jobs()
    _charges()


def _jobs() -> None:
    op.create_table(
        "card_jobs",
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("tender_id", sa.String(), nullable=False),
        sa.Column("amount", NUMBER, nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("stored", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("paid_with", sa.String(), nullable=False),
        sa.Column("paid_reference", sa.String(), nullable=False),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("payment_id", name="pk_card_jobs"),
    )
    for column in ("order_id", "register", "state"):
        op.create_index(f"ix_card_jobs_{column}", "card_jobs", [column])


def _charges() -> None:
    op.create_table(
        "sandbox_charges",
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("amount", NUMBER, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("reversed", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("payment_id", name="pk_sandbox_charges"),
    )

"""What moved the balances of vouchers and house accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "balance_moves",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "kind", "key")),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("why", "order_id", "register", "who")),
        sa.PrimaryKeyConstraint("id", name="pk_balance_moves"),
    )
    op.create_index("ix_balance_moves_key", "balance_moves", ["key"])

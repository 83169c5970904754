"""Customers: the codes of their cards, and what registers and back office wrote differently about one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "customer_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_customer_codes"),
    )
    op.create_index("ix_customer_codes_customer_id", "customer_codes", ["customer_id"])
    op.create_table(
        "customer_clashes",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "field", "customer_id", "register")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("here", "office")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", "field", name="pk_customer_clashes"),
    )
    op.create_index("ix_customer_clashes_customer_id", "customer_clashes", ["customer_id"])
    op.create_table(
        "customer_doubles",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("customer_id", "other_id", "phone")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("customer_id", "other_id", name="pk_customer_doubles"),
    )

"""Cash drawers that were opened without a sale."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drawer_openings",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "register")),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "staff_name")),
        sa.PrimaryKeyConstraint("digest", name="pk_drawer_openings"),
    )
    for column in ("register", "seq"):
        op.create_index(f"ix_drawer_openings_{column}", "drawer_openings", [column])

"""The lease of each register, which moves with its contacts: by it a copied browser profile is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "leases",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("register", "current", "previous")),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("register", name="pk_leases"),
    )

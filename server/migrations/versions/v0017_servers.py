"""What several servers share: when each register last called; and the revision that a verdict names."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "contacts",
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("register", name="pk_contacts"),
    )
    op.add_column("entries", sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))

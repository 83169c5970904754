"""Recoveries: a lost register's journal, brought by another register."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recoveries",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("code_hash", "register", "by", "last_digest")),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("booked", "last_seq")),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("fence", NUMBER, nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recoveries")),
        sa.UniqueConstraint("fence", name=op.f("uq_recoveries_fence")),
    )
    op.create_index(op.f("ix_recoveries_register"), "recoveries", ["register"])
    op.create_index(op.f("ix_recoveries_by"), "recoveries", ["by"])

"""The back office: its people, their visits, and passwords that were tried."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "office_people",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "role", "password")),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_office_people"),
    )
    op.create_table(
        "office_visits",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("token_hash", "name")),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_office_visits"),
    )
    op.create_index("ix_office_visits_name", "office_visits", ["name"])
    op.create_table(
        "office_tries",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_office_tries"),
    )

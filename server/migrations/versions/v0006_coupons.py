"""Coupons, and the sales that have one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "coupons",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("limit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_coupons"),
    )
    op.create_table(
        "coupon_uses",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("order_id", "code", "register")),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("redeemed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("order_id", name="pk_coupon_uses"),
    )
    op.create_index("ix_coupon_uses_code", "coupon_uses", ["code"])

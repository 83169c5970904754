"""What came back: credit notes and voided sales, refunds, and goods put back on the shelf."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def numbers(*names: str) -> list["sa.Column[int]"]:
    return [sa.Column(name, NUMBER, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "returns",
        *texts("id", "digest", "kind", "number", "order_id", "register", "standing"),
        *numbers("seq", "total"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_returns"),
        sa.UniqueConstraint("digest", name="uq_returns_digest"),
    )
    for name in ("number", "order_id", "register", "business_day"):
        op.create_index(f"ix_returns_{name}", "returns", [name])
    op.create_table(
        "refunds",
        *texts("return_id", "payment_id", "tender_id", "kind", "reference"),
        *numbers("position", "amount"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("return_id", "position", name="pk_refunds"),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_refunds_return_id"),
    )
    op.create_index("ix_refunds_tender_id", "refunds", ["tender_id"])
    _stock()


def _stock() -> None:
    op.create_table(
        "returned_stock",
        *texts("return_id", "variant_id"),
        *numbers("quantity"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("return_id", "variant_id", name="pk_returned_stock"),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_returned_stock_return_id"),
    )

"""What reports are added up from; orders that are there already are written into it at the next start."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MONEY = ("quantity", "value", "cgst", "sgst", "igst", "cess", "total")


def _columns(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables, and let movements of goods be found by their time."""
    op.create_table(
        "sale_documents",
        *_columns(sa.String(), "id", "kind", "order_id", "number", "series", "register", "associate"),
        *_columns(NUMBER, "counter", "hour", "quantity", "value", "tax", "total"),
        *_columns(MOMENT, "at"),
        *_columns(sa.Date(), "business_day"),
        *_columns(sa.Boolean(), "offline"),
        sa.PrimaryKeyConstraint("id", name="pk_sale_documents"),
    )
    op.create_index("ix_sale_documents_order_id", "sale_documents", ["order_id"])
    op.create_index("ix_sale_documents_business_day", "sale_documents", ["business_day"])
    _parts("sale_lines", ("variant_id", "sku", "name", "category", "hsn", "unit"), ("rate", *MONEY), ("business",))
    _parts("sale_payments", ("tender",), ("amount",))
    op.create_table(
        "stock_sets",
        *_columns(NUMBER, "id", "quantity"),
        *_columns(sa.String(), "variant_id", "cause", "register", "who", "why"),
        *_columns(MOMENT, "at"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_sets"),
    )
    op.create_index("ix_stock_sets_variant_id", "stock_sets", ["variant_id"])
    op.create_index("ix_stock_sets_at", "stock_sets", ["at"])
    op.create_index("ix_stock_moves_at", "stock_moves", ["at"])


def _parts(table: str, texts: tuple[str, ...], numbers: tuple[str, ...], flags: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        *_columns(sa.String(), "document_id", "register", *texts),
        *_columns(NUMBER, "position", *numbers),
        *_columns(sa.Date(), "business_day"),
        *_columns(sa.Boolean(), *flags),
        sa.ForeignKeyConstraint(["document_id"], ["sale_documents.id"], name=f"fk_{table}_document_id"),
        sa.PrimaryKeyConstraint("document_id", "position", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_business_day", table, ["business_day"])

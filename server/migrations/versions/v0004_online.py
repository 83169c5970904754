"""What exists only online: other stores' stock, delivery, payment links, and who changed a product."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS: dict[str, Any] = {
    "text": sa.String(),
    "long": sa.Text(),
    "number": NUMBER,
    "moment": sa.DateTime(timezone=True),
}
TABLES: dict[str, tuple[str, dict[str, str]]] = {  # name: key, columns by kind
    "other_stores": ("code", {"code": "text", "name": "text", "position": "number"}),
    "other_stock": ("variant_id store", {"variant_id": "text", "store": "text", "quantity": "number"}),
    "audit": (
        "id",
        {
            "id": "number",
            "at": "moment",
            "register": "text",
            "staff_id": "text",
            "action": "text",
            "subject": "text",
            "before": "long",
            "after": "long",
            "reason": "long",
        },
    ),
    "delivery_zones": (
        "prefix",
        {
            "prefix": "text",
            "name": "text",
            "state_code": "text",
            "fee": "number",
            "free_from": "number?",
            "tax_class": "text",
            "hsn": "text",
            "refusal": "long",
        },
    ),
    "delivery_slots": ("starts", {"starts": "text", "ends": "text", "capacity": "number"}),
    "delivery_quotes": (
        "id",
        {"id": "text", "register": "text", "at": "moment", "valid_until": "moment", "value": "long"},
    ),
    "deliveries": (
        "order_id",
        {
            "order_id": "text",
            "status": "text",
            "starts": "moment",
            "ends": "moment",
            "name": "text",
            "phone": "text",
            "address": "long",
            "pincode": "text",
            "fee": "number",
            "quote_id": "text",
        },
    ),
    "payment_links": (
        "id",
        {
            "id": "text",
            "register": "text",
            "order_id": "text",
            "tender_id": "text",
            "amount": "number",
            "provider": "text",
            "url": "text",
            "status": "text",
            "reference": "text",
            "created_at": "moment",
            "expires_at": "moment",
        },
    ),
    "sandbox_payments": (
        "id",
        {
            "id": "text",
            "token": "text",
            "payee": "text",
            "amount": "number",
            "status": "text",
            "reference": "text",
            "expires_at": "moment",
        },
    ),
}
INDEXES = (
    ("audit", "subject"),
    ("deliveries", "status"),
    ("deliveries", "starts"),
    ("payment_links", "order_id"),
    ("payment_links", "status"),
)


def upgrade() -> None:
    """Make the tables, then the indexes."""
    for name, (key, columns) in TABLES.items():
        rules: list[sa.Constraint] = [sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}")]
        if "order_id" in key:
            rules.append(sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=f"fk_{name}_order_id"))
        if name == "sandbox_payments":
            rules.append(sa.UniqueConstraint("token", name="uq_sandbox_payments_token"))
        made = [sa.Column(each, KINDS[kind.rstrip("?")], nullable="?" in kind) for each, kind in columns.items()]
        op.create_table(name, *made, *rules)
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])

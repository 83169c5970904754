"""The first tables: counters, data sets, registers, entries and what is booked from them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, those first that others refer to."""
    _data_sets()
    _registers()
    _entries()
    _orders()
    _books()


def _table(name: str, *columns: sa.Column[Any], key: tuple[str, ...], unique: tuple[str, ...] = ()) -> None:
    """Make a table; columns named in `unique` hold each value once, and an `order_id` in the key is an order's."""
    rules: list[sa.Constraint] = [sa.UniqueConstraint(column, name=f"uq_{name}_{column}") for column in unique]
    if "order_id" in key:
        rules.append(sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=f"fk_{name}_order_id"))
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *rules)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=null)


def _long(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=null)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _order_id() -> sa.Column[Any]:
    return sa.Column("order_id", sa.String(), nullable=False)


def _data_sets() -> None:
    _table("counters", _text("name"), _number("value"), key=("name",))
    _table("facts", _text("name"), _text("value"), key=("name",))
    columns = _text("dataset"), _text("id"), _number("revision"), _flag("gone"), _long("value"), _moment("at")
    _table("records", *columns, key=("dataset", "id"))
    _index("records", "revision")
    known = _text("id"), _text("product_id"), _text("sku"), _text("barcode", null=True), _number("sold")
    _table("variants", *known, key=("id",))
    _index("variants", "product_id", "sku", "barcode")
    counts = _text("variant_id"), _number("quantity"), _long("included"), _number("revision"), _moment("at")
    _table("stock", *counts, key=("variant_id",))
    _index("stock", "revision")


def _registers() -> None:
    columns = (
        *(_text(name) for name in ("id", "store", "enrolment", "token_hash", "code_hash", "key_id")),
        _long("wrapped_key"),
        *(_text(name) for name in ("invoice", "credit_note", "training")),
        _moment("enrolled_at"),
        _moment("revoked_at", null=True),
    )
    once = ("enrolment", "key_id", "invoice", "credit_note", "training")
    _table("registers", *columns, key=("id",), unique=once)
    codes = _text("code_hash"), _text("register"), _moment("expires_at"), _moment("used_at", null=True)
    _table("enrol_codes", *codes, key=("code_hash",))


def _entries() -> None:
    columns = (
        *(_text(name) for name in ("digest", "id", "place", "register")),
        _number("seq"),
        _text("prev"),
        _text("kind"),
        _moment("at"),
        _moment("received_at"),
        _bytes("line"),
        _text("verdict"),
        _long("why"),
        _text("order_number"),
        _number("total", null=True),
    )
    _table("entries", *columns, key=("digest",), unique=("id", "place"))
    _index("entries", "register")
    kept = _text("digest"), _text("register"), _moment("received_at"), _bytes("line"), _text("verdict"), _long("why")
    _table("rejects", *kept, key=("digest",))
    _index("rejects", "register")


def _orders() -> None:
    columns = (
        *(_text(name) for name in ("id", "digest", "order_number", "number", "register")),
        _number("seq"),
        _moment("at"),
        _day("business_day"),
        _number("total"),
        _flag("offline"),
        *(_text(name) for name in ("staff_name", "customer", "state")),
        _long("why"),
        _long("value"),
    )
    _table("orders", *columns, key=("id",), unique=("digest", "order_number"))
    _index("orders", "number", "register", "business_day", "state")


def _books() -> None:
    taken = (
        _order_id(),
        _number("position"),
        *(_text(name) for name in ("payment_id", "tender_id", "kind")),
        _number("amount"),
        _number("received"),
        _text("reference"),
        _moment("at"),
    )
    _table("payments", *taken, key=("order_id", "position"))
    _index("payments", "payment_id", "tender_id")
    _table(
        "ledger", _order_id(), _text("account"), _day("business_day"), _number("amount"), key=("order_id", "account")
    )
    _index("ledger", "business_day")
    moves = _order_id(), _text("variant_id"), _number("quantity"), _moment("at")
    _table("stock_moves", *moves, key=("order_id", "variant_id"))

"""Where an entry stands in its register's journal: sessions, shifts and gaps ask for stretches of one register."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("entries", "rejects", "orders", "returns", "drawer_openings")


def upgrade() -> None:
    """Put the place behind the register in the index of each: every stretch was looked for among all of its entries."""
    for table in TABLES:
        op.create_index(f"ix_{table}_register_seq", table, ["register", "seq"])
        op.drop_index(f"ix_{table}_register", table)

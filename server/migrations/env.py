"""Alembic's entry: runs the migrations on the database it was given."""

from alembic import context
from sqlalchemy import create_engine

from server.office import tables as office_tables  # noqa: F401 -- its tables are part of Base
from server.oms import (  # noqa: F401 -- part of Base  # noqa: F401 -- part of Base
    tables_balances,
    tables_cards,
    tables_e_invoice,
    tables_online,
    tables_recovering,
    tables_reports,
    tables_returns,
    tables_shift,
)
from server.oms.postgresql import MIGRATIONS
from server.oms.tables import Base

URL = context.config.get_main_option("sqlalchemy.url") or ""

engine = create_engine(URL)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        if engine.dialect.name == "postgresql":  # servers that start together wait for the first of them
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATIONS})")
        context.run_migrations()
engine.dispose()

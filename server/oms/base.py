"""What all tables of the OMS have in common: how their constraints are called, and which column holds which type."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Date, DateTime, Integer, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from server.oms.times import as_utc


class Utc(TypeDecorator[datetime]):
    """A moment: stored and returned in UTC, also by databases that forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else as_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else as_utc(value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        int: BigInteger().with_variant(Integer, "sqlite"),
        str: String(),
        bytes: LargeBinary(),
        date: Date(),
        datetime: Utc(),
    }

"""The base of all mapped tables: named constraints, moments in UTC, code lists by their value."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from onevisit.rules.labels import Labelled

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcMoment(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the store; a naive one is refused, since nobody could say what it means."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring a moment to UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


L = TypeVar("L", bound=Labelled)


class Code(TypeDecorator[L]):
    """A member of a code list, stored by its value."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[L]) -> None:
        super().__init__(32)
        self.codes = codes

    def process_bind_param(self, value: L | None, dialect: Dialect) -> str | None:
        """Store the value."""
        return None if value is None else self.codes.from_code(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> L | None:
        """Give the member back."""
        return None if value is None else self.codes.from_code(value)


class Base(DeclarativeBase):
    """What every mapped table is built on."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcMoment()}

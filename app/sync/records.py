"""A record of `local` or `status`, read back: both sides write them anew, so a damaged one counts as not there."""

from typing import TypeVar

from pydantic import ValidationError

from app.domain.money import Value

Record = TypeVar("Record", bound=Value)


def read_record(model: type[Record], text: str | None) -> Record | None:
    """Read a record; None where there is none, or it is damaged."""
    try:
        return model.model_validate_json(text) if text else None
    except ValidationError:
        return None

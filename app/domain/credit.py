"""What goods that came back in the same payment count towards a sale: an exchange is a return and a sale in one."""

from pydantic import Field

from app.domain.money import Minor, Value


class Credit(Value):
    """Stands beside the payments of an order: nothing was taken with a tender for it."""

    note_id: str
    number: str = Field(max_length=16)
    """Of the credit note."""
    amount: Minor = Field(gt=0)

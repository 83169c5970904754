"""Who works here, what their role may do, and the seal their PIN is checked against."""

from enum import StrEnum

from pydantic import Field

from app.domain.money import Value

PIN_ROUNDS = 600_000
"""Least rounds of PBKDF2-HMAC-SHA256 for a PIN."""


class Role(StrEnum):
    ASSOCIATE = "associate"
    MANAGER = "manager"


class PinSeal(Value):
    """PBKDF2-HMAC-SHA256 of a PIN; salt and digest in hex."""

    salt: str
    rounds: int = Field(ge=PIN_ROUNDS)
    digest: str


class StaffMember(Value):
    id: str
    name: str
    role: Role = Role.ASSOCIATE
    pin: PinSeal
    active: bool = True

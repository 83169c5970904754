"""Who buys: only what an invoice or a call back needs."""

from app.domain.money import Value


class Customer(Value):
    id: str
    name: str
    phone: str = ""
    email: str = ""
    gstin: str = ""
    address: str = ""
    state_code: str = ""
    """GST State code of the recorded address, or empty; it decides the place of supply (IGST Act s.10(1)(ca))."""
    revision: int = 0

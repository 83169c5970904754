"""Live stock of the product that is looked at: what the OMS said, or that it did not."""

from dataclasses import dataclass

from app.sync.online import LiveStock


@dataclass(frozen=True, slots=True)
class Live:
    """The answer for one SKU; none with a reason where the OMS could not be asked."""

    sku: str
    stock: LiveStock | None = None
    why: str = ""

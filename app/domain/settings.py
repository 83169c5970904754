"""What the back office has set for a store and its registers; one model, every default here."""

from pydantic import Field

from app.domain.money import Minor, Value


class Seller(Value):
    """The supplier's block of an invoice (CGST Rule 46 a)."""

    name: str
    legal_name: str = ""
    address: str
    gstin: str = ""
    state_code: str
    phone: str = ""


class Settings(Value):
    """Settings of a store as a register needs them."""

    store: str
    """Store code, such as DS01."""
    seller: Seller
    currency: str = "INR"
    zone: str = "Asia/Kolkata"
    prices_include_tax: bool = True
    cash_step: Minor = Field(default=100, ge=1)
    """Cash is rounded to a multiple of this; 1 turns it off."""
    upi_vpa: str = ""
    upi_name: str = ""
    offline_mode: bool = True
    """"Allow Offline Mode" (O1, P1)."""
    auto_detect: bool = True
    """"Allow Auto-Detect Online-Offline" (P1)."""
    locale: str = "en-IN"
    receipt_footer: str = ""
    recipient_from: Minor = Field(default=50_000_00, ge=0)
    """From this taxable value on an unregistered buyer has to be named: CGST Rule 46 (e)."""
    e_invoice: bool = False
    """Above the threshold (AATO): a sale to a business needs an IRN of the invoice registration portal, Rule 48 (4)."""
    lock_minutes: int = Field(default=5, ge=0)
    """After so long without a key or a touch the screen locks; 0 turns it off."""

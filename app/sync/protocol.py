"""The wire between register and OMS, used by both sides; JSON, versioned, only grows."""

import json
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from app.domain.account import Account
from app.domain.customer import Clash, Customer
from app.domain.extension import Extension
from app.domain.money import Value
from app.domain.payment import Tender
from app.domain.product import Product
from app.domain.promotion import Promotion
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.tax import TaxRate
from app.domain.voucher import Voucher
from app.sync.entry import Unreadable

Document = TypeVar("Document", bound=Value)
API = "/api/v1"
PRODUCT = "store-os"
"""What a ping names itself: a portal's or another program's answer does not."""
IMAGE_FORMAT = 2
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Pong(Value):
    """The answer to GET /ping: the nonce has to come back, or it is not the OMS."""

    product: Literal["store-os"] = "store-os"
    nonce: str
    time: AwareDatetime
    epoch: str
    """Changes when the OMS was restored from a backup: every till then offers its entries again."""
    revision: int
    """Cursor of the newest change: a register behind it pulls."""


class EnrolOffer(Value):
    """The answer to GET /registers/enrol: how a browser without a register gets one."""

    product: Literal["store-os"] = "store-os"
    code_needed: bool
    public_key: str
    """The OMS's RSA-OAEP (SHA-256) public key, SPKI in base64."""


class EnrolRequest(Value):
    """POST /registers/enrol; the same enrolment id, a secret of the browser, always gets the same answer."""

    enrolment: str
    code: str = ""
    key_id: str
    wrapped_key: str
    """The register's AES-256 data key, wrapped for the OMS, base64."""


class Series(Value):
    """A legal series of numbers: its prefix was never given to another enrolment."""

    invoice: str
    credit_note: str
    training: str


class Enrolment(Value):
    """Who this register is; the token is its bearer token."""

    store: str
    register: str
    token: str
    series: Series
    public_key: str


class ImageOffer(Value):
    url: str
    """Path on the OMS, such as /api/v1/images/<sha256>."""
    bytes: int = Field(ge=0)
    sha256: Sha256
    """Of the gzip file as it is served."""
    format: int
    cursor: int
    """The image holds every change up to and including this one."""
    made_at: AwareDatetime


class Dataset(StrEnum):
    PRODUCTS = "products"
    STOCK = "stock"
    RATES = "rates"
    TENDERS = "tenders"
    STAFF = "staff"
    CUSTOMERS = "customers"
    SETTINGS = "settings"
    PROMOTIONS = "promotions"
    EXTENSIONS = "extensions"
    VOUCHERS = "vouchers"
    ACCOUNTS = "accounts"


class DatasetInfo(Value):
    rows: int
    changed_at: AwareDatetime | None = None


class Manifest(Value):
    """The answer to GET /snapshot."""

    v: int = 1
    image: ImageOffer
    cursor: int
    datasets: dict[Dataset, DatasetInfo]


class StockRow(Value):
    """How many of a variant the OMS counts, and the highest place of each register that is in that count."""

    variant_id: str
    quantity: Decimal
    included: dict[str, int] = Field(default_factory=dict)
    at: AwareDatetime


class _Change(Value):
    id: str
    revision: int
    gone: bool = False


class ProductChange(_Change):
    dataset: Literal[Dataset.PRODUCTS] = Dataset.PRODUCTS
    value: Product | None = None


class StockChange(_Change):
    dataset: Literal[Dataset.STOCK] = Dataset.STOCK
    value: StockRow | None = None


class RateChange(_Change):
    dataset: Literal[Dataset.RATES] = Dataset.RATES
    value: TaxRate | None = None


class TenderChange(_Change):
    dataset: Literal[Dataset.TENDERS] = Dataset.TENDERS
    value: Tender | None = None


class StaffChange(_Change):
    dataset: Literal[Dataset.STAFF] = Dataset.STAFF
    value: StaffMember | None = None


class CustomerChange(_Change):
    dataset: Literal[Dataset.CUSTOMERS] = Dataset.CUSTOMERS
    value: Customer | None = None


class SettingsChange(_Change):
    dataset: Literal[Dataset.SETTINGS] = Dataset.SETTINGS
    value: Settings | None = None


class PromotionChange(_Change):
    dataset: Literal[Dataset.PROMOTIONS] = Dataset.PROMOTIONS
    value: Promotion | None = None


class ExtensionChange(_Change):
    dataset: Literal[Dataset.EXTENSIONS] = Dataset.EXTENSIONS
    value: Extension | None = None


class VoucherChange(_Change):
    dataset: Literal[Dataset.VOUCHERS] = Dataset.VOUCHERS
    value: Voucher | None = None


class AccountChange(_Change):
    dataset: Literal[Dataset.ACCOUNTS] = Dataset.ACCOUNTS
    value: Account | None = None


Change = Annotated[
    ProductChange
    | StockChange
    | RateChange
    | TenderChange
    | StaffChange
    | CustomerChange
    | SettingsChange
    | PromotionChange
    | ExtensionChange
    | VoucherChange
    | AccountChange,
    Field(discriminator="dataset"),
]
CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


class ChangesPage(Value):
    """The answer to GET /changes?cursor=C: at most a page; ask again from `cursor` while `more`."""

    changes: tuple[Change, ...]
    cursor: int
    more: bool


class VerdictKind(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    ATTENTION = "attention"
    REFUSED = "refused"
    CONFLICT = "conflict"


class Verdict(Value):
    """What the OMS says to one entry. It is about exact bytes: `digest` is theirs."""

    digest: Sha256
    id: str = ""
    seq: int = 0
    kind: VerdictKind
    why: str = ""
    """A sentence for people, where the kind is not plain acceptance."""
    order_number: str = ""
    """The OMS's own number of the order, where there is one."""
    total: int | None = None
    """The total that the OMS recomputed, minor units, where it differs."""
    at: AwareDatetime | None = None
    """When the OMS took the entry in."""
    revision: int = 0
    """From this revision on the changes hold what the entry brought: about stock, a customer, a voucher or a house
    account; 0 where it brought nothing."""
    clashes: tuple[Clash, ...] = ()
    """Fields of a customer that the back office keeps as it has them, until somebody decides."""


class Verdicts(Value):
    """The answer to POST /entries: one verdict for each line, in their order."""

    verdicts: tuple[Verdict, ...]


class Recovered(Value):
    """The answer to POST /registers/{id}/recover: verdicts for these lines, and how the whole recovery stands."""

    fence: int
    """The number of this recovery: whoever has the highest goes on, and the lost register is shut out."""
    booked: int
    """Entries that the OMS lacked, and has by this recovery so far."""
    verdicts: tuple[Verdict, ...]


class Problem(Value):
    """An RFC 9457 problem document."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""


def read(model: type[Document], content: bytes) -> Document | Unreadable:
    """Read what the other side sent: formats only grow, so what a newer release added is passed over."""
    try:
        return model.model_validate_json(content, extra="ignore")
    except ValidationError as error:
        known = _without_unknown_datasets(content, error)
        if known is not None:
            return read(model, known)
        first = error.errors()[0]
        return Unreadable(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}")


def _without_unknown_datasets(content: bytes, error: ValidationError) -> bytes | None:
    """Take out the data sets that this release has never heard of; None when something else is wrong."""
    changes: set[int] = set()
    names: set[str] = set()
    for problem in error.errors():
        match problem["type"], problem["loc"]:
            # Deeper inside it is a kind of promotion, say, that is new: this release can do nothing with it.
            case "union_tag_invalid", ("changes", int(at), *_):
                changes.add(at)
            case "enum", ("datasets", str(name), "[key]"):
                names.add(name)
            case _:
                return None
    document: Any = json.loads(content)
    if changes:
        document["changes"] = [each for at, each in enumerate(document["changes"]) if at not in changes]
    for name in names:
        del document["datasets"][name]
    return json.dumps(document).encode()

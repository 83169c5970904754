"""Questions to the OMS that only it can answer, asked in the middle of a sale: live stock, a coupon, a delivery fee.

The till writes a question down, the courier asks it within ASK_SECONDS, and the answer comes back the same way.
A question that changes something carries its own id as the idempotency key, so that asking twice does it once.
"""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter, ValidationError

from app.domain.customer import Customer
from app.domain.money import Value
from app.sync.entry import Unreadable
from app.sync.protocol import read

ASK_SECONDS = 4.0
"""How long the courier waits for the OMS's answer: a customer stands there."""
GIVE_UP_SECONDS = 6.0
"""When the till stops waiting, should the courier itself not answer."""


class Request(Value):
    """What goes over the wire for a question; `body` is JSON text, or empty."""

    method: Literal["GET", "POST", "PATCH", "DELETE"] = "GET"
    path: str = Field(pattern="^/")
    """Below the API's root, such as /inventory."""
    query: dict[str, str] = Field(default_factory=dict)
    body: str = ""
    key: str = ""
    """The id of an earlier question that wished the same and got no answer: it is not done twice."""

    @property
    def changes(self) -> bool:
        """Whether it changes something at the OMS, and so must not be done twice."""
        return self.method != "GET"


class Question(Value, ABC):
    """Something that only the OMS knows; each kind says how it is asked and what a good answer looks like."""

    answer: ClassVar[type[Value]]

    @abstractmethod
    def request(self) -> Request:
        """Return what is sent."""


class CustomerByCode(Question):
    """Whose card is this? Codes stay at the OMS, so that no register holds the list of them."""

    kind: Literal["customer_by_code"] = "customer_by_code"
    answer: ClassVar[type[Value]] = Customer
    code: str

    def request(self) -> Request:
        return Request(path="/customers/lookup", query={"code": self.code})


class Given(Value):
    """The OMS's answer as it came."""

    kind: Literal["given"] = "given"
    body: str


class Denied(Value):
    """The OMS says no; `why` is its sentence for people."""

    kind: Literal["denied"] = "denied"
    status: int
    why: str


class NoAnswer(Value):
    """There was no answer that could be used: not connected, too late, or not understood."""

    kind: Literal["no_answer"] = "no_answer"
    why: str


Reply = Annotated[Given | Denied | NoAnswer, Field(discriminator="kind")]
REPLY: TypeAdapter[Given | Denied | NoAnswer] = TypeAdapter(Reply)
NOT_CONNECTED = "The internet is not connected."
TOO_LATE = "The store’s server did not answer in time."
NOT_UNDERSTOOD = "The store’s server answered something that this register does not understand."


def answer_to(question: Question, reply: Given | Denied | NoAnswer) -> Value:
    """Parse what the OMS said into the question's own answer; what does not fit is NoAnswer."""
    if not isinstance(reply, Given):
        return reply
    answer = read(question.answer, reply.body.encode())
    return NoAnswer(why=NOT_UNDERSTOOD) if isinstance(answer, Unreadable) else answer


def read_reply(stored: bytes) -> Given | Denied | NoAnswer:
    """Read a reply that the courier put down; one that is damaged is no answer."""
    try:
        return REPLY.validate_json(stored)
    except ValidationError:
        return NoAnswer(why=NOT_UNDERSTOOD)

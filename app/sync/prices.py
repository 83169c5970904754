"""What is asked of the OMS about prices: whether a coupon gives something to a sale."""

from typing import ClassVar, Literal

from app.domain.coupon import Granted
from app.domain.money import Minor, Value
from app.sync.questions import Question, Request


class CouponCheck(Value):
    """POST /coupons/validate: a code, the sale that it is for, and what the goods of that sale come to."""

    code: str
    order_id: str
    total: Minor


class AskCoupon(Question):
    kind: Literal["coupon"] = "coupon"
    check: CouponCheck
    answer: ClassVar[type[Value]] = Granted

    def request(self) -> Request:
        return Request(method="POST", path="/coupons/validate", body=self.check.model_dump_json())

"""What takes something off a price and exists only online: coupons."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.domain.coupon import Granted
from app.sync.prices import CouponCheck
from app.sync.protocol import API, Problem
from server.oms.coupons import NotGranted, validate
from server.oms.doors import TokenFirst
from server.oms.idempotency import WithOnce
from server.oms.problems import Failed

router = APIRouter(prefix=API, route_class=TokenFirst, responses={"4XX": {"model": Problem}, "5XX": {"model": Problem}})


@router.post("/coupons/validate")
def validate_coupon(once: WithOnce, asked: CouponCheck) -> Granted:
    """Say what a coupon gives to a sale and keep it for that sale for half an hour, or say why not (409).

    Safe to repeat for the same sale; booking the order uses it up.
    """

    def do(session: Session) -> Granted:
        answer = validate(session, once.register, asked)
        if isinstance(answer, NotGranted):
            raise Failed(409, "The coupon gives nothing", answer.why)
        return answer

    return once.answer(Granted, do)

"""Coupons: who may use one, for how long it is kept for a sale, and that it is used up once."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.coupon import Coupon
from app.domain.order import Order
from app.domain.promotion import PercentOff, Promotion
from app.sync.protocol import API, VerdictKind
from server.oms import coupons
from server.oms.coupons import KEPT, put_coupons
from server.oms.oms import Oms
from server.oms.times import now
from tests.conftest import TODAY, line, order, priced, promotion, terms
from tests.server.browser import Browser

ACCEPTED, ATTENTION = VerdictKind.ACCEPTED, VerdictKind.ATTENTION
TEN = promotion("coupon-TEN", name="Ten", offer=PercentOff(rate=1_000), whole_order=True, code="TEN")


def know(oms: Oms, limit: int | None = None, **fields: Any) -> Promotion:
    """Let the store have a coupon."""
    given = Promotion.model_validate(TEN.model_copy(update=fields))
    with oms.database.write() as session:
        put_coupons(session, [Coupon(promotion=given, limit=limit)])
    return given


def ask(register: Browser, code: str = "TEN", order_id: str = "s1", total: int = 100_000, key: str = "") -> Any:
    asked = {"code": code, "order_id": order_id, "total": total}
    headers = register.bearer | ({"Idempotency-Key": key} if key else {})
    return register.client.post(f"{API}/coupons/validate", json=asked, headers=headers)


def sold(order_id: str, by: Promotion = TEN) -> Order:
    """A sale under the coupon."""
    under = terms(promotions=(by,))
    return order(line(), under=under, id=order_id, promotions=priced(line(), under=under).applied)


@pytest.fixture
def second(client: TestClient) -> Browser:
    """Another register of the store."""
    return Browser.enrol(client)


def test_a_good_coupon_says_what_it_gives_and_how_long(oms: Oms, register: Browser) -> None:
    """The till takes it off by its own sums, and knows how long it may without asking again."""
    given = know(oms)
    answer = ask(register, " ten ").json()

    assert given.model_dump(mode="json") == answer["promotion"]
    assert answer["until"] > now().isoformat()


@pytest.mark.parametrize(
    ("fields", "total", "words"),
    [
        ({"ends": TODAY - timedelta(days=400)}, 100_000, "expired"),
        ({"active": False}, 100_000, "expired"),
        ({"starts": TODAY + timedelta(days=4000)}, 100_000, "holds from"),
        ({"minimum": 200_000}, 100_000, "2,000.00"),
    ],
)
def test_a_coupon_that_gives_nothing_says_why(
    oms: Oms, register: Browser, fields: dict[str, Any], total: int, words: str
) -> None:
    """The customer will ask."""
    know(oms, **fields)
    reply = ask(register, total=total)

    assert (409, True) == (reply.status_code, words in reply.json()["detail"])


def test_an_unknown_code_is_named(register: Browser) -> None:
    """Most unknown codes are slips of the finger."""
    assert "“NONE”" in ask(register, "none").json()["detail"]


def test_asking_twice_for_one_sale_uses_it_once(oms: Oms, register: Browser) -> None:
    """A lost answer is asked for again, with a key of its own each time."""
    know(oms, limit=1)

    assert [200, 200, 200] == [ask(register, key=key).status_code for key in ("a", "a", "b")]


def test_a_coupon_kept_for_a_sale_is_not_given_to_another_till(oms: Oms, register: Browser, second: Browser) -> None:
    """Two customers with one printed coupon, at two tills at once."""
    know(oms, limit=1)
    ask(register, order_id="s1")
    reply = ask(second, order_id="s2")

    assert (409, True) == (reply.status_code, "used already" in reply.json()["detail"])


def test_what_was_kept_is_free_again_after_a_while(
    oms: Oms, register: Browser, second: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sale that never came about must not use a coupon up."""
    know(oms, limit=1)
    ask(register, order_id="s1")
    later = now() + KEPT + timedelta(seconds=1)
    monkeypatch.setattr(coupons, "now", lambda: later)

    assert 200 == ask(second, order_id="s2").status_code


def test_the_next_sale_of_the_same_till_may_have_it(oms: Oms, register: Browser) -> None:
    """The customer came back with another cart: a register has one sale open at a time."""
    know(oms, limit=1)
    ask(register, order_id="s1")

    assert 200 == ask(register, order_id="s2").status_code


def test_a_booked_order_uses_the_coupon_up(oms: Oms, register: Browser) -> None:
    """Exactly once, however often the entry arrives."""
    know(oms, limit=1)
    ask(register, order_id="s1")
    entry = register.sale(sold("s1"))
    kinds = [verdict.kind for verdict in (*register.push(entry), *register.push(entry))]

    assert ([ACCEPTED, VerdictKind.DUPLICATE], 409) == (kinds, ask(register, order_id="s2").status_code)


def test_a_coupon_that_two_tills_used_is_marked(oms: Oms, register: Browser, second: Browser) -> None:
    """One of them was offline for an hour: the sale stands, and somebody looks."""
    know(oms, limit=1)
    first = register.push(register.sale(sold("s1")))[0]
    other = second.push(second.sale(sold("s2")))[0]

    assert (ACCEPTED, ATTENTION) == (first.kind, other.kind)
    assert "TEN was used up by another sale" in other.why


def test_a_limit_counts_sales(oms: Oms, register: Browser) -> None:
    """The first hundred customers, or the first two."""
    know(oms, limit=2)
    register.push(register.sale(sold("s1")), register.sale(sold("s2")))
    reply = ask(register, order_id="s3")

    assert "as often as it may be" in reply.json()["detail"]


def test_a_coupon_that_nobody_knows_is_marked(register: Browser) -> None:
    """Invented in the browser."""
    verdict = register.push(register.sale(sold("s1")))[0]

    assert (ATTENTION, True) == (verdict.kind, "There is no coupon TEN" in verdict.why)


def test_two_coupons_in_one_sale_are_marked(oms: Oms, register: Browser) -> None:
    """No till makes such a sale; the second use would be written down nowhere, and the coupon be good for ever."""
    know(oms, limit=1)
    made = sold("s1")
    other = made.promotions[0].model_copy(update={"code": "TWENTY"})
    (verdict,) = register.push(register.sale(made.model_copy(update={"promotions": (*made.promotions, other)})))

    assert "More than one coupon was used in one sale: TEN, TWENTY." in verdict.why

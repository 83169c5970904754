"""What the shelf still has: the OMS's count, less what this register sold that is not in it yet."""

from decimal import Decimal

from app.sync.protocol import StockChange, VerdictKind
from tests.conftest import stock
from tests.till.till import Till


def free(till: Till) -> Decimal:
    """How many shirts of size M may still be sold, as the tile says."""
    return {tile.product.id: tile for tile in till.state.browse.tiles}["shirt"].available["shirt-m"]


def counts(till: Till, left: int, revision: int, through: int = 0) -> None:
    """Let the OMS count shirts, with all that it had booked of this register up to a place."""
    row = stock("shirt-m", left, included={"R1": through} if through else {})
    till.gets([StockChange(id="shirt-m", revision=revision, value=row)])
    till.hears("changes")


def test_what_this_register_sold_counts_until_the_oms_has_counted_it(selling: Till) -> None:
    """Neither is a sale counted twice, nor for a moment not at all."""
    selling.picks("shirt", "shirt-m").pays().says("SaleLeft")
    sold = free(selling)
    selling.is_judged(revision=30)
    judged = free(selling)

    counts(selling, 1, 30, selling.entries()[-1].header.seq)

    assert [Decimal(1)] * 3 == [sold, judged, free(selling)]


def test_a_sale_that_is_sent_again_later_counts_until_then(selling: Till) -> None:
    """A later entry in the OMS's count does not mean that an earlier one is: it was refused, and the shirt is gone."""
    selling.picks("shirt", "shirt-m").pays().says("SaleLeft")
    selling.is_judged(VerdictKind.REFUSED)

    counts(selling, 2, 30, selling.entries()[-1].header.seq + 1)
    refused = free(selling)
    selling.device.shelf.kept_verdicts.clear()
    selling.is_judged(revision=40)
    counts(selling, 1, 40, selling.entries()[-1].header.seq + 1)

    assert (Decimal(1), Decimal(1)) == (refused, free(selling))


def test_a_count_that_is_older_than_the_verdict_lacks_the_sale(selling: Till) -> None:
    """Sent out of order, the highest place says nothing: revisions do."""
    selling.picks("shirt", "shirt-m").pays().says("SaleLeft")
    selling.is_judged(revision=40)

    counts(selling, 2, 30, 99)

    assert Decimal(1) == free(selling)


def test_an_older_verdict_without_a_revision_goes_by_the_place(selling: Till) -> None:
    """An OMS that was updated does not make up revisions for what it booked before."""
    selling.picks("shirt", "shirt-m").pays().says("SaleLeft")
    selling.is_judged()
    before = free(selling)

    counts(selling, 1, 30, selling.entries()[-1].header.seq)

    assert (Decimal(1), Decimal(1)) == (before, free(selling))


def test_a_restart_still_knows_what_was_sold(selling: Till) -> None:
    """The shelf is as empty after a crash as before it."""
    selling.picks("shirt", "shirt-m").pays()

    selling.starts_again().signs_in()

    assert Decimal(1) == free(selling)

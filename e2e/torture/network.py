"""Round "network": orders of three registers go through every fault of a line, while couriers and tabs die."""

from e2e.store import Store
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.faults import FAULTS
from e2e.torture.registers.station import Pace
from e2e.torture.registers.trial import Trial

NAME = "network"
REGISTERS = 3
PACE = Pace(real_waits=2)
MANY = 500
"""From so many orders on each fault of a line has to have come, or the round shows less than it says."""


def run(plan: Plan) -> Tally:
    """Let every register sell its share, and compare all places once nothing waits any more."""
    store = Store(data=demo_data(plan.room(NAME))).opens()
    trial = Trial(plan, store, store.data, REGISTERS, PACE)
    try:
        with trial.at_work(lambda station: len(station.counter.saved) >= -(-plan.orders // REGISTERS)):
            plan.says(f"{plan.orders} orders of {REGISTERS} registers: {trial.source}")
        missing = [fault.name for fault in FAULTS if not trial.count.faults[fault.name]]
        assert plan.orders < MANY or not missing, f"these faults never came: {', '.join(missing)}"
        return trial.tally(NAME)
    finally:
        trial.closes()
        store.closes()

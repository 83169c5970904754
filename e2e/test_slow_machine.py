"""A machine with too much to do: its register is waited for, and not ended again and again."""

from e2e.browser import before_workers
from e2e.test_shell import restarts
from e2e.till import Till

BUSY_AT_ITS_START = """{
    const mark = performance.mark.bind(performance);
    performance.mark = (step, ...rest) => {
        if (step === "settings and folder seen") for (const until = Date.now() + 14_000; Date.now() < until;);
        return mark(step, ...rest);
    };
}"""
"""Longer than a silence may last, as on a machine with too much to do."""


def test_a_machine_too_slow_for_the_first_try_is_waited_for_in_the_next(warm_till: Till) -> None:
    """Ended after the same ten seconds each time, the register of a slow machine would be started again for ever."""
    warm_till.page.add_init_script(before_workers(BUSY_AT_ITS_START))
    warm_till.console.clear()

    warm_till.reloads()
    restarts(warm_till, 60_000)

    silent = [line for line in warm_till.console if line.startswith("error: till") and "it is silent" in line]
    assert len(silent) == 1

"""A machine with too much to do: its register is waited for, and not ended again and again."""

from e2e.browser import before_workers
from e2e.test_shell import restarts
from e2e.till import Till

BUSY_AT_ITS_START = """{
    const awaited = new Set(["settings and folder seen", "watched"]);
    const comes = (step) => {
        if (awaited.delete(step) && !awaited.size) for (const until = Date.now() + 14_000; Date.now() < until;);
    };
    const mark = performance.mark.bind(performance);
    performance.mark = (step, ...rest) => (comes(step), mark(step, ...rest));
    new BroadcastChannel("watched").onmessage = () => comes("watched");
}"""
"""Longer than a silence may last, as on a machine with too much to do; and not before the page listens for it."""
TELLS_WHEN_IT_WATCHES = """{
    const [every, watched] = [window.setInterval, new BroadcastChannel("watched")];
    window.setInterval = (...given) => (watched.postMessage(""), every.apply(window, given));
}"""
"""The page feels in intervals whether a worker lives: from then on a silence is one."""


def test_a_machine_too_slow_for_the_first_try_is_waited_for_in_the_next(warm_till: Till) -> None:
    """Ended after the same ten seconds each time, the register of a slow machine would be started again for ever."""
    warm_till.page.add_init_script(TELLS_WHEN_IT_WATCHES)
    warm_till.page.add_init_script(before_workers(BUSY_AT_ITS_START))
    warm_till.console.clear()

    warm_till.reloads()
    restarts(warm_till, 60_000)

    silent = [line for line in warm_till.console if line.startswith("error: till") and "it is silent" in line]
    assert len(silent) == 1

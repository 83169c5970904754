"""What happens to the storage of a register, one fault a function; each leaves the register able to sell."""

from base64 import b64decode, b64encode
from collections.abc import Callable

from e2e.torture.keeper import Keeper

SHARE_KILLED = 0.4
"""Of faults in the middle of which the browser is killed, too."""
GOOD = ".good.json"


def quota(keeper: Keeper) -> None:
    """No room is left, before the cart is filled or at its end; then there is room again, or the browser dies first."""
    early = keeper.dice.random() < 0.5
    if early:
        keeper.is_full()
    keeper.fills_a_cart()
    if not early:
        keeper.is_full()
    refused = keeper.cannot_save()
    if keeper.dice.random() < SHARE_KILLED:
        keeper.browser.does("hasRoom")
        keeper.starts_again()
    else:
        keeper.browser.does("hasRoom")
        keeper.goes_on(refused)


def aborted(keeper: Keeper) -> None:
    """The transaction of a sale fails: nothing of it was written, or all of it was and the answer says otherwise."""
    if keeper.dice.random() < 0.4:
        keeper.suffers(unheard=1)
        keeper.sells()
        return
    keeper.fills_a_cart()
    refused = True
    for _ in range(keeper.dice.choice((1, 1, 2))):
        keeper.suffers(abort=1)
        refused = refused and keeper.cannot_save()
    if keeper.dice.random() < SHARE_KILLED:
        keeper.starts_again()
    else:
        keeper.goes_on(refused)


def cleared(keeper: Keeper) -> None:
    """Somebody clears the browsing data: the browser becomes another register, which brings what the folder has."""
    if keeper.due:
        keeper.starts_again()  # a file that is damaged now, and has no other place any more, could not come back
    keeper.line.is_cut() if keeper.dice.random() < 0.5 else keeper.line.works()
    keeper.sells()
    if not keeper.browser.does("hasArrived", False):
        keeper.wrong.append(f"the folder lacks entries of {keeper.register}")
    lost, in_hand = keeper.register, keeper.dice.random() < 0.5
    keeper.loses_its_data()
    if in_hand:
        keeper.notebook.notes(f"after clearing: {keeper.sells_no_more()}")
    keeper.line.works()
    keeper.starts_again()
    if keeper.register == lost:
        keeper.wrong.append(f"{lost} goes on under its own name without its journal")


def folder_gone(keeper: Keeper) -> None:
    """The folder is pulled out in mid-work, and comes back with what it had; or a new one is chosen in its place."""
    files = keeper.files()
    keeper.browser.does("goes")
    keeper.sells()
    keeper.browser.does("saysFolder")
    if keeper.lost or keeper.due or keeper.dice.random() < 0.6:
        keeper.browser.does("comesBack", [{"path": path, "content": content} for path, content in files.items()])
        _works_again(keeper)
    else:
        keeper.damaged.clear()
        keeper.browser.does("choosesAgain")


def revoked(keeper: Keeper) -> None:
    """The permission for the folder is taken away in mid-work, and given again."""
    keeper.suffers(revoked=True)
    keeper.sells()
    keeper.browser.does("saysFolder")
    if keeper.dice.random() < 0.5:
        keeper.sells()
    keeper.suffers(revoked=False)
    _works_again(keeper)


def one_byte(keeper: Keeper) -> None:
    """One byte of a file is another; the next start has to tell, and to put a good copy beside it."""
    path, content = _some_file(keeper)
    at, bit = keeper.dice.randrange(len(content)), 1 << keeper.dice.randrange(8)
    content[at] ^= bit
    _damages(keeper, path, bytes(content))


def half_written(keeper: Keeper) -> None:
    """A file ends in its middle, or was made and never filled; or the disk does not take one that is being written."""
    if keeper.dice.random() < 0.4:
        keeper.suffers(torn=1)
        keeper.sells()
        keeper.browser.does("saysFolder")
        _works_again(keeper)
        return
    path, content = _some_file(keeper)
    _damages(keeper, path, bytes(content[: keeper.dice.choice((0, keeper.dice.randrange(len(content))))]))


def _some_file(keeper: Keeper) -> tuple[str, bytearray]:
    """A file of this register that is whole. Only one is damaged between two starts, so that each has to be told."""
    if keeper.due:
        keeper.starts_again()
    keeper.sells()
    keeper.browser.does("hasArrived", False)
    own = f"{keeper.register}/journal/"
    files = {path: content for path, content in keeper.files().items() if path.startswith(own) and GOOD not in path}
    path = keeper.dice.choice(sorted(files.keys() - keeper.damaged.keys()))
    return path, bytearray(b64decode(files[path]))


def _damages(keeper: Keeper, path: str, content: bytes) -> None:
    keeper.notebook.notes(f"damages {path}, {len(content)} bytes")
    keeper.browser.does("writes", path, b64encode(content).decode())
    if content:  # an empty file is what a crash leaves: it is filled without a word
        keeper.damaged[path] = b64encode(content).decode()
        keeper.due.append(path.rpartition("/")[2])


def _works_again(keeper: Keeper) -> None:
    """Somebody presses what the banner offers, or the register starts again."""
    if keeper.dice.random() < SHARE_KILLED:
        keeper.starts_again()
    else:
        keeper.browser.does("choosesAgain")


FAULTS: dict[str, Callable[[Keeper], None]] = {
    "quota": quota,
    "transaction aborted": aborted,
    "data cleared": cleared,
    "folder gone": folder_gone,
    "permission revoked": revoked,
    "one byte": one_byte,
    "half written": half_written,
}

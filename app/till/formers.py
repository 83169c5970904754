"""Tells a browser that has lost its database: the spare place still knows which register it was."""

from app.sync.filing import folder_of
from app.sync.former import FORMER, Former, former, former_path
from app.sync.records import read_record
from app.sync.status import Registered
from app.till.ports import FolderFailed
from app.till.slices.formers import Lost
from app.till.spare import Spare


async def met(spare: Spare, registered: Registered | None) -> tuple[Lost, ...]:
    """Write down who this browser is, where it is a register, and return who else it was."""
    names = await spare.place.names((FORMER,))
    if isinstance(names, FolderFailed):
        return ()
    own = former_path(registered.enrolment) if registered else ()
    if registered:  # also over a file of that name: a crash may have left it empty
        await spare.place.write(own, former(registered).model_dump_json().encode())
    found: list[Lost] = []
    for name in sorted(names):
        content = await spare.place.read((FORMER, name))
        was = read_record(Former, content.decode(errors="replace")) if isinstance(content, bytes) else None
        if was is not None and (FORMER, name) != own:
            found.append(Lost(was, len(await spare.files(folder_of(was.store, was.register)))))
    return tuple(found)


async def forgotten(spare: Spare, enrolments: tuple[str, ...]) -> None:
    """Forget that this browser was these; files of entries stay."""
    for enrolment in enrolments:
        await spare.place.remove(former_path(enrolment))

"""The folder: a second copy of the journal, one write-once file an entry. It never stops a sale."""

from app.sync.chain import README
from app.sync.entry import Entry, file_path
from app.sync.status import FolderState
from app.till.patience import PatientFolder
from app.till.ports import Folder, FolderFailed
from app.till.spare import Spare

ABOUT = (
    "This folder belongs to Store OS. It holds a copy of every sale of this register, one file each.\n"
    "The sales inside are sealed: the back office can read them, nobody else.\n"
    "Please do not delete, rename or change anything here. Copying it is fine.\n"
)


class Mirror:
    def __init__(self, folder: Folder, spare: Spare) -> None:
        self.folder = PatientFolder(folder)
        self.spare = spare
        self.state = FolderState.NONE

    @property
    def works(self) -> bool:
        """Whether the folder was there and granted when it was last used."""
        return self.state is FolderState.OK

    async def look(self) -> tuple[FolderState, str]:
        """Ask whether the folder can be written, and how it is called."""
        self.state, name = await self.folder.state()
        return self.state, name

    async def keep(self, entry: Entry) -> bool:
        """Write an entry that is new; what the folder does not take now goes into the spare place, and is False."""
        if await self.write(entry):
            return True
        await self.spare.keep(entry)
        return False

    async def write(self, entry: Entry) -> bool:
        """Write one entry; False where it has to be written later."""
        return self.works and await self.put(file_path(entry.header), entry.line)

    async def describe(self) -> None:
        """Write down for people what the folder is."""
        await self.put((README,), ABOUT.encode())

    async def put(self, path: tuple[str, ...], content: bytes) -> bool:
        """Write a file once; False where it was not written."""
        return not self._failed(await self.folder.write(path, content))

    async def read(self, path: tuple[str, ...]) -> bytes | None:
        """Return what a file holds; None where it is not there, or the folder went away (then it does not work)."""
        found = await self.folder.read(path)
        self._failed(found)
        return found if isinstance(found, bytes) else None

    def _failed(self, outcome: object) -> bool:
        """Note what the folder says of itself; the fault of one file is none of the folder."""
        if isinstance(outcome, FolderFailed):
            self.state = outcome.state
        return isinstance(outcome, FolderFailed)

"""How the register stands towards the OMS, the folder and the browser's storage."""

from dataclasses import dataclass, field
from datetime import datetime

from app.sync.status import FolderState, LinkStatus, Progress, Synced


@dataclass(frozen=True, slots=True)
class Connection:
    link: LinkStatus = field(default_factory=LinkStatus)
    manual: bool = False
    auto_sync: bool = True
    folder: FolderState = FolderState.NONE
    folder_name: str = ""
    missing_in_folder: int = 0
    folder_said: tuple[str, ...] = ()
    """What was found in the folder since the start, in sentences."""
    folder_at: datetime | None = None
    """Since when it is lost, or when it was last looked whether it is back."""
    synced: Synced = field(default_factory=Synced)
    progress: Progress | None = None
    session_id: str | None = None
    """The offline session that is open, as the journal has it."""
    recording_session: str = ""
    """The entry that is just being written, of its beginning or end."""
    catching_up: bool = False
    """Back after an outage, with entries still to send."""
    synced_at: datetime | None = None
    """When the last waiting entry got its verdict: "All synced" is shown shortly after it."""
    popup: bool = False
    """The readiness popup of the blue cloud is open."""
    app_kept: bool = False
    """The app itself is kept by the browser, as the page has said since this start."""
    persisted: bool = False
    storage_at: datetime | None = None
    """When it was last looked how much room there is."""
    free_bytes: int | None = None
    used_bytes: int | None = None

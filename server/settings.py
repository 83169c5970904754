"""Where the server keeps and finds things: one table of settings, filled from arguments and environment."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DATABASE = "store-os.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the server has to be told; the rest it finds in its database."""

    data: Path
    """Folder of database, pictures and images."""
    database_url: str
    secret_file: Path
    dist: Path
    """The built app that is served."""

    @property
    def pictures(self) -> Path:
        return self.data / "pictures"

    @property
    def images(self) -> Path:
        return self.data / "images"


def has_database(data: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a database already; asking makes none."""
    return bool(environment.get("STORE_OS_DATABASE_URL")) or (data / DATABASE).exists()


def read_settings(data: Path, dist: Path = Path("dist"), environment: Mapping[str, str] = os.environ) -> Settings:
    """Settle where things are, and make the data folder."""
    data = data.resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = Settings(
        data=data,
        database_url=environment.get("STORE_OS_DATABASE_URL") or f"sqlite:///{data / DATABASE}",
        secret_file=Path(environment.get("STORE_OS_SECRET_FILE") or data / "secrets.json"),
        dist=dist.resolve(),
    )
    _close(settings)
    return settings


def _close(settings: Settings) -> None:
    """Take what a release before, or a person, left open from the other accounts of this machine."""
    for file in (settings.secret_file, *(settings.data / f"{DATABASE}{ending}" for ending in ("", "-wal", "-shm"))):
        with suppress(FileNotFoundError, PermissionError):
            file.chmod(file.stat().st_mode & 0o770)

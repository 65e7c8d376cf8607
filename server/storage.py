"""Where files are kept: a directory of this machine, or a store like S3; nobody else knows which (§4.1, §4.5).

A file is written before the row that names it, under a key that nobody guesses and that is never used again: what a
crash leaves behind is a file that no row names, which harms nobody.
"""

import secrets
from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeAlias

from obstore import store as stores
from obstore.exceptions import BaseError

from server.settings import Settings, StartRefused

Kept: TypeAlias = stores.LocalStore | stores.MemoryStore | stores.S3Store
_KEY_BYTES: Final = 16


class StorageDown(OSError):
    """The storage cannot be reached or does not take what it is given."""


class Storage:
    """The files of the house, by key. `opened` gives the store at the first use: an empty house makes no directory."""

    def __init__(self, opened: Callable[[], Kept]) -> None:
        self._opened = opened

    @cached_property
    def _kept(self) -> Kept:
        return self._opened()

    async def keep(self, folder: str, suffix: str, content: bytes) -> str:
        """Write a new file and give its key, like `photos/4f/4f0c….jpg`. Raises StorageDown."""
        name = secrets.token_hex(_KEY_BYTES)
        key = f"{folder}/{name[:2]}/{name}{suffix}"
        try:
            await self._kept.put_async(key, content)
        except (BaseError, OSError) as fault:
            raise StorageDown(str(fault)) from fault
        return key

    async def content(self, key: str) -> bytes | None:
        """The file, or None if there is none of this key. Raises StorageDown."""
        try:
            found = await self._kept.get_async(key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as fault:
            raise StorageDown(str(fault)) from fault

    async def remove(self, key: str) -> None:
        """Remove the file, if there is one. Raises StorageDown."""
        try:
            await self._kept.delete_async(key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as fault:
            raise StorageDown(str(fault)) from fault


def storage_of(settings: Settings) -> Storage:
    """The storage that the settings name: `s3://bucket/prefix`, else `files` in the data directory.

    Credentials and region of S3 come from its usual variables: `AWS_ACCESS_KEY_ID`, `AWS_REGION`, `AWS_ENDPOINT_URL`…
    Raises StartRefused.
    """
    if settings.storage_url is None:
        directory = settings.data.resolve() / "files"
        return Storage(lambda: stores.LocalStore(directory, mkdir=True))
    try:
        bucket = stores.S3Store.from_url(settings.storage_url)
    except (BaseError, ValueError) as fault:
        raise StartRefused(f"ADJUGE_STORAGE_URL: the files cannot be kept there: {fault}") from fault
    return Storage(lambda: bucket)

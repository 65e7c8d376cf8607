"""One contract, two storages: what is kept comes back, what is removed is gone, no file is written over (§4.1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from obstore.store import LocalStore, MemoryStore

from server.settings import SettingRefused, Settings, read_settings
from server.storage import Storage, StorageDown, storage_of


@pytest.fixture(params=["a directory", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "memory":
        kept = MemoryStore()
        yield Storage(lambda: kept)
    else:
        yield Storage(lambda: LocalStore(tmp_path / "files", mkdir=True))


async def test_what_is_kept_comes_back(storage: Storage) -> None:
    key = await storage.keep("photos", ".jpg", b"bytes\0")
    assert key.startswith("photos/")
    assert key.endswith(".jpg")
    assert await storage.content(key) == b"bytes\0"


async def test_the_same_content_twice_is_two_files(storage: Storage) -> None:
    one, other = [await storage.keep("photos", ".jpg", b"same") for _ in "12"]
    assert one != other
    await storage.remove(one)
    assert await storage.content(one) is None
    assert await storage.content(other) == b"same"


async def test_removing_what_is_not_there_is_no_fault(storage: Storage) -> None:
    await storage.remove("photos/00/nothing.jpg")
    assert await storage.content("photos/00/nothing.jpg") is None


async def test_a_directory_that_cannot_be_written_is_a_storage_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("no directory")
    with pytest.raises(StorageDown):
        await storage_of(Settings(data=tmp_path)).keep("photos", ".jpg", b"")


def test_an_empty_house_makes_no_directory(tmp_path: Path) -> None:
    storage_of(Settings(data=tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_bucket_is_named_by_a_setting() -> None:
    assert read_settings({"ADJUGE_STORAGE_URL": "s3://bucket/stock"}).storage_url == "s3://bucket/stock"
    storage_of(Settings(storage_url="s3://bucket/stock"))
    with pytest.raises(SettingRefused, match="ADJUGE_STORAGE_URL"):
        read_settings({"ADJUGE_STORAGE_URL": "https://bucket"})

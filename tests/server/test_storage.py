"""One contract for every storage: what is kept comes back, what is removed is gone, no file is written over (§4.1).

A bucket is a real one as far as HTTP goes: moto answers as S3 does, and the house is told of it by the usual variables.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import LocalStore, MemoryStore

from server.settings import SettingRefused, Settings, read_settings
from server.storage import Storage, StorageDown, storage_of


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A server that speaks S3, with one bucket; gives its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    assert httpx.put(f"{address}/bucket").status_code == 200
    yield address
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """The bucket, named as an operator names it."""
    variables = {
        "AWS_ENDPOINT_URL": s3,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return storage_of(Settings(storage_url="s3://bucket/stock"))


@pytest.fixture(params=["a directory", "memory", "a bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    match request.param:
        case "memory":
            kept = MemoryStore()
            return Storage(lambda: kept)
        case "a bucket":
            named: Storage = request.getfixturevalue("bucket")
            return named
        case _:
            return Storage(lambda: LocalStore(tmp_path / "files", mkdir=True))


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


async def test_files_stand_below_the_prefix_of_the_bucket(bucket: Storage, s3: str) -> None:
    key = await bucket.keep("photos", ".jpg", b"bytes")
    async with httpx.AsyncClient() as http:
        listed = await http.get(f"{s3}/bucket?list-type=2")
    assert f"<Key>stock/{key}</Key>" in listed.text


@pytest.mark.usefixtures("bucket")
async def test_a_bucket_that_is_not_there_is_a_storage_that_is_down() -> None:
    with pytest.raises(StorageDown):
        await storage_of(Settings(storage_url="s3://nobodys")).keep("photos", ".jpg", b"")


def test_a_bucket_is_named_by_a_setting() -> None:
    assert read_settings({"ADJUGE_STORAGE_URL": "s3://bucket/stock"}).storage_url == "s3://bucket/stock"
    storage_of(Settings(storage_url="s3://bucket/stock"))
    with pytest.raises(SettingRefused, match="ADJUGE_STORAGE_URL"):
        read_settings({"ADJUGE_STORAGE_URL": "https://bucket"})

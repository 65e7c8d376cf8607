"""The built pages as they are served: files, the first page for every page's address, the way back to the root."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from server.http.pages import Pages
from tests.server.houses import PASSWORD, Copies, peopled

FIRST = '<!doctype html><base href="./" /><script src="./assets/index-1.js"></script>'


def built(folder: Path) -> None:
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "index.html").write_text(FIRST)
    (folder / "assets" / "index-1.js").write_text("go();" * 200)
    (folder / "mark.svg").write_text("<svg/>")


@pytest.fixture
async def pages(tmp_path: Path) -> AsyncIterator[Callable[[], httpx.AsyncClient]]:
    app = Starlette(routes=[Route("/{path:path}", Pages(tmp_path).serve)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        yield lambda: client


async def test_every_pages_address_is_the_first_page_with_the_way_back(
    pages: Callable[[], httpx.AsyncClient], tmp_path: Path
) -> None:
    built(tmp_path)
    for path, back in (("/", "./"), ("/auctions", "./"), ("/auctions/7", "../"), ("/auctions/7/history", "../../")):
        answer = await pages().get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert f'<base href="{back}"' in answer.text
        assert answer.headers["cache-control"] == "no-cache"


async def test_files_are_compressed_and_those_with_a_hash_kept_for_ever(
    pages: Callable[[], httpx.AsyncClient], tmp_path: Path
) -> None:
    built(tmp_path)
    script = await pages().get("/assets/index-1.js")
    assert (script.text, script.headers["content-encoding"]) == ("go();" * 200, "gzip")
    assert "immutable" in script.headers["cache-control"]
    plain = await pages().get("/assets/index-1.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert (await pages().get("/mark.svg")).headers["content-type"] == "image/svg+xml"


async def test_a_file_that_is_not_there_is_not_the_first_page(
    pages: Callable[[], httpx.AsyncClient], tmp_path: Path
) -> None:
    built(tmp_path)
    (tmp_path.parent / "secret.txt").write_text("secret")
    for path in ("/assets/gone.js", "/nothing.png", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"):
        answer = await pages().get(path)
        assert answer.status_code == 404, path
        assert "secret" not in answer.text


async def test_pages_that_are_built_anew_are_read_anew(pages: Callable[[], httpx.AsyncClient], tmp_path: Path) -> None:
    assert "make build" in (await pages().get("/")).text
    built(tmp_path)
    assert "index-1.js" in (await pages().get("/")).text


async def test_the_house_works_behind_a_path_prefix(copies: Copies) -> None:
    """The proxy strips it; cookies stay within it."""
    async with peopled(copies(), root_path="/encheres") as world:
        credentials = {"email": world.anne.email, "password": PASSWORD}
        signed_in = await world.http.post("/api/sessions", json=credentials)
        assert "Path=/encheres/;" in signed_in.headers["set-cookie"]
        assert (await world.http.get("/openapi.json")).json()["servers"] == [{"url": "/encheres"}]
        async with world.live(world.anne):
            assert (await world.http.get("/api/me", headers=world.anne.bearer)).status_code == 200

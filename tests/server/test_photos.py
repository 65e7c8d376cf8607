"""Photos and files of vehicles: what is taken, what becomes of it, who sees it (§4.1, §4.5)."""

import random
import re
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from PIL import Image

from engine.instants import SECOND, format_instant
from persistence.stock.files import MOST_PHOTOS
from server.http.stock.kept_files import attachment, saved_as
from server.images import PHOTO_BYTES, PHOTO_SIDE, THUMBNAIL_SIDE, NotAPhoto, Photo, photo_of
from tests.server.houses import World
from tests.server.rights.stock import A_PDF, an_image, offered

UPRIGHT_BY_EXIF = 6
"""The camera was held on its side: to be turned by a quarter."""


def taken(content: bytes) -> Photo:
    photo = photo_of(content)
    assert isinstance(photo, Photo), photo
    return photo


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is this large, and is small."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


# ------------------------------------------------------------------------------------------------ what a photo becomes


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says that the EXIF is corrupt: it is
def test_what_a_camera_got_wrong_about_itself_spoils_no_photo() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x011A] = UPRIGHT_BY_EXIF, "CAMERA", 72.0
    exif.get_ifd(0x8769)[0x9000] = b"0230"
    good = bytearray(an_image("JPEG", (40, 20), exif=exif))
    chance, begin = random.Random(4), good.index(b"Exif")
    end = begin + int.from_bytes(good[begin - 2 : begin])
    for _ in range(300):
        odd = bytearray(good)
        for _ in range(3):
            odd[chance.randrange(begin, end - 2)] = chance.randrange(256)
        photo = taken(bytes(odd))
        assert {photo.width, photo.height} == {40, 20}


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "I;16", "RGBA", "CMYK"])
def test_pixels_of_every_kind_become_a_photo(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    written = BytesIO()
    Image.new(mode, (3_000, 2_000)).save(written, kind)
    photo = taken(written.getvalue())
    assert (photo.width, photo.height) == (PHOTO_SIDE, 1_067)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg_of_a_bounded_size(kind: str) -> None:
    """§4.1."""
    photo = taken(an_image(kind, (3_000, 2_000)))
    assert (photo.width, photo.height) == (PHOTO_SIDE, 1_067)
    full, small = opened(photo.content), opened(photo.thumbnail)
    assert (full.format, full.size) == ("JPEG", (PHOTO_SIDE, 1_067))
    assert (small.format, small.size) == ("JPEG", (THUMBNAIL_SIDE, 267))


def test_a_small_photo_is_not_made_larger() -> None:
    assert (taken(an_image(size=(20, 10))).width, taken(an_image(size=(20, 10))).height) == (20, 10)


def test_nothing_that_the_camera_wrote_stays() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = UPRIGHT_BY_EXIF, "SECRET CAMERA"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    photo = taken(an_image("JPEG", (40, 20), exif=exif, comment=b"SECRET COMMENT", icc_profile=b"SECRET PROFILE"))
    assert (photo.width, photo.height) == (20, 40)
    for content in (photo.content, photo.thumbnail):
        assert b"SECRET" not in content
        assert b"Exif" not in content
        assert not opened(content).getexif()


def test_what_is_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(taken(written.getvalue()).content).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16", "LA"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (8, 8)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(taken(written.getvalue()).content).mode == "RGB"


REFUSED: tuple[tuple[str, bytes], ...] = (
    ("nothing", b""),
    ("a text", b"<script>alert(1)</script>"),
    ("a page", b"<!doctype html><html></html>"),
    ("a PDF", A_PDF),
    ("a drawing", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("a GIF", an_image("GIF")),
    ("a TIFF", an_image("TIFF")),
    ("half a JPEG", an_image("JPEG", (800, 800))[:900]),
    ("half a PNG", an_image("PNG", (800, 800))[:100]),
    ("41 megapixels", bomb(8_200, 5_000)),
    ("a bomb", bomb(60_000, 60_000)),
    ("a head without pixels", bomb(100, 100)),
    ("no size at all", bomb(0, 0)),
)


@pytest.mark.parametrize("content", [content for _, content in REFUSED], ids=[name for name, _ in REFUSED])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert isinstance(photo_of(content), NotAPhoto)


# ----------------------------------------------------------------------------------------------------------- the doors


async def uploaded(world: World, vehicle: int, content: bytes = b"", **query: Any) -> httpx.Response:
    return await world.http.post(
        f"/api/vehicles/{vehicle}/photos",
        content=content or an_image(),
        params=query,
        headers=world.dealer.bearer | {"Content-Type": "image/jpeg"},
    )


async def added(world: World, vehicle: int, **query: Any) -> dict[str, Any]:
    answer = await uploaded(world, vehicle, **query)
    assert answer.status_code == 201, answer.text
    photo: dict[str, Any] = answer.json()
    return photo


async def test_a_photo_is_served_to_those_who_may_see_the_vehicle(world: World) -> None:
    """§4.1, §1.4: the entity's dealers, and the traders that an auction of the vehicle invites."""
    vehicle = await world.vehicle()
    photo = await added(world, vehicle)
    path = f"/{photo['address']}"
    assert (await world.http.get(path, headers=world.anne.bearer)).status_code == 404
    made = await world.auction(vehicles=[{"id": vehicle}])
    for person in ("dealer", "anne", "bruno"):
        for address in (path, f"/{photo['thumbnail']}"):
            seen = await world.http.get(address, headers=world.personas[person].bearer)
            assert seen.status_code == 200
            assert opened(seen.content).size == (8, 6)
            assert seen.headers["content-type"] == "image/jpeg"
            assert seen.headers["x-content-type-options"] == "nosniff"
            assert seen.headers["cache-control"].startswith("private")
    for person in ("stranger", "sister_dealer", "stranger_dealer"):
        assert (await world.http.get(path, headers=world.personas[person].bearer)).status_code == 404
    told = (await world.http.get(f"/api/auctions/{made['id']}", headers=world.anne.bearer)).json()
    assert told["lots"][0]["vehicles"][0]["photos"] == [photo["address"]]
    listed = (await world.http.get("/api/auctions", headers=world.anne.bearer)).json()["items"]
    assert [item["photo"] for item in listed] == [photo["thumbnail"]]


async def test_a_trader_reads_defects_with_their_photos_and_repairs_that_were_done(world: World) -> None:
    """§4.1: what it would cost to repair, what shows it, what was repaired and when; never what that cost."""
    repairs = [
        {"label": "Distribution", "cost_ht": "480.00", "done_on": "2024-05-02"},
        {"label": "Peinture", "cost_ht": "150.00"},
    ]
    defects = [{"name": "Rayure", "repair_cost_ht": "120.00"}, {"name": "Impact"}]
    vehicle = await world.vehicle()
    change = {"revision": 1, "repairs": repairs, "defects": defects}
    changed = await world.http.patch(f"/api/vehicles/{vehicle}", json=change, headers=world.dealer.bearer)
    sheet = changed.json()
    scratch, hit = (defect["id"] for defect in sheet["defects"])
    of_hit = await added(world, vehicle, defect=hit)
    whole = await added(world, vehicle)
    of_scratch = await added(world, vehicle, defect=scratch)
    made = await world.auction(vehicles=[{"id": vehicle}])
    told = (await world.http.get(f"/api/auctions/{made['id']}", headers=world.anne.bearer)).json()
    seen = told["lots"][0]["vehicles"][0]
    assert seen["defects"] == [
        {"name": "Rayure", "repair_cost_ht": "120.00", "photos": [of_scratch["address"]]},
        {"name": "Impact", "repair_cost_ht": None, "photos": [of_hit["address"]]},
    ]
    assert seen["photos"] == [whole["address"], of_hit["address"], of_scratch["address"]]
    assert seen["repairs"] == [{"label": "Distribution", "done_on": "2024-05-02"}]


async def test_a_photo_that_the_browser_has_is_not_sent_again(world: World) -> None:
    photo = await added(world, await world.vehicle())
    first = await world.http.get(f"/{photo['address']}", headers=world.dealer.bearer)
    known = world.dealer.bearer | {"If-None-Match": first.headers["etag"]}
    again = await world.http.get(f"/{photo['address']}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    stranger = world.stranger_dealer.bearer | {"If-None-Match": first.headers["etag"]}
    assert (await world.http.get(f"/{photo['address']}", headers=stranger)).status_code == 404


async def test_photos_have_an_order_and_captions(world: World) -> None:
    vehicle = await world.vehicle()
    one, two = await added(world, vehicle, caption=" Avant "), await added(world, vehicle)
    assert one["caption"] == "Avant"
    path = f"/api/vehicles/{vehicle}/photos"
    order = {"photos": [{"id": two["id"], "caption": "Arrière"}, {"id": one["id"]}]}
    placed = await world.http.put(path, json=order, headers=world.dealer.bearer)
    assert [(item["id"], item["caption"]) for item in placed.json()["items"]] == [
        (two["id"], "Arrière"),
        (one["id"], ""),
    ]
    assert (await world.http.get(path, headers=world.dealer.bearer)).json() == placed.json()
    for wrong in ([], [one["id"]], [one["id"], one["id"]], [one["id"], two["id"], 10**9]):
        body = {"photos": [{"id": photo} for photo in wrong]}
        assert (await world.http.put(path, json=body, headers=world.dealer.bearer)).status_code == 409
    card = (await world.http.get("/api/vehicles?known=photos&columns=photos", headers=world.dealer.bearer)).json()
    (item,) = [item for item in card["items"] if item["id"] == vehicle]
    assert item["values"] == {"photos": 2}
    assert item["card"]["photos"] == [two["address"], one["address"]]


def files(world: World) -> int:
    return len(list(Path(world.running.doors.settings.data, "files").rglob("*.jpg")))


async def test_a_trader_who_was_taken_out_of_an_auction_sees_its_photos_no_more(world: World) -> None:
    """§1.4, §3.4: even one who has spoken, and so keeps its name in the history."""
    vehicle = await world.vehicle()
    photo = await added(world, vehicle)
    soon = format_instant(world.running.doors.clock.now() + 3_600 * SECOND)
    made = await world.auction(vehicles=[{"id": vehicle}], starts_at=soon, traders=[world.anne.company_id])
    async with world.live(world.anne) as anne:
        assert (await anne.ask("decline", id="no", auction=made["id"]))["type"] == "accepted"
    assert (await world.http.get(f"/{photo['address']}", headers=world.anne.bearer)).status_code == 200
    change = {"version": made["version"], "traders": [world.bruno.company_id]}
    changed = await world.http.patch(f"/api/auctions/{made['id']}", json=change, headers=world.dealer.bearer)
    assert changed.status_code == 200, changed.text
    assert (await world.http.get(f"/{photo['address']}", headers=world.anne.bearer)).status_code == 404
    assert (await world.http.get(f"/{photo['address']}", headers=world.bruno.bearer)).status_code == 200


async def test_a_deleted_photo_is_gone_from_the_storage_too(world: World) -> None:
    vehicle = await world.vehicle()
    photo = await added(world, vehicle)
    kept = files(world)
    gone = await world.http.delete(f"/{photo['address']}", headers=world.dealer.bearer)
    assert gone.status_code == 204
    assert kept - files(world) == 2
    assert (await world.http.delete(f"/{photo['address']}", headers=world.dealer.bearer)).status_code == 404


async def test_a_photo_of_a_defect(world: World) -> None:
    """§4.1: defects have photos; those of another vehicle's do not count."""
    vehicle, other = await world.vehicle(), await world.vehicle()
    async with world.database.acquire() as connection:
        defect = await connection.fetchval(
            "INSERT INTO vehicle_defects (vehicle_id, position, name) VALUES ($1, 1, 'Rayure') RETURNING id", vehicle
        )
    assert (await added(world, vehicle, defect=defect))["defect"] == defect
    refused = await uploaded(world, other, defect=defect)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "defect")


async def test_what_the_door_does_not_take(world: World) -> None:
    vehicle = await world.vehicle()
    for content, query, status, field in (
        (b"no image", {}, 422, "photo"),
        (an_image(), {"caption": "x" * 201}, 422, "caption"),
        (an_image(), {"caption": "a\nb"}, 422, "caption"),
        (b"\xff" * (PHOTO_BYTES + 1), {}, 413, None),
    ):
        refused = await uploaded(world, vehicle, content, **query)
        assert (refused.status_code, refused.json()["error"].get("field")) == (status, field)
    typed = world.dealer.bearer | {"Content-Type": "text/html"}
    refused = await world.http.post(f"/api/vehicles/{vehicle}/photos", content=an_image(), headers=typed)
    assert (refused.status_code, refused.json()["error"]["field"]) == (415, "Content-Type")


async def test_a_vehicle_has_a_bounded_number_of_photos(world: World) -> None:
    vehicle = await world.vehicle()
    async with world.database.acquire() as connection:
        await connection.execute(
            """INSERT INTO vehicle_photos (vehicle_id, position, photo_key, thumbnail_key, width, height, added_at)
               SELECT $1, place, 'p' || place, 't' || place, 1, 1, $3 FROM generate_series(1, $2::int) AS place""",
            vehicle,
            MOST_PHOTOS,
            0,
        )
    assert (await uploaded(world, vehicle)).status_code == 409


async def test_every_change_is_on_record(world: World) -> None:
    vehicle = await world.vehicle()
    photo = await added(world, vehicle)
    await world.http.delete(f"/{photo['address']}", headers=world.dealer.bearer)
    async with world.database.acquire() as connection:
        said = await connection.fetch(
            "SELECT action, user_id, entity_id FROM audit WHERE subject = 'vehicle' AND subject_id = $1 ORDER BY id",
            vehicle,
        )
    who = (world.dealer.user_id, world.entity)
    assert [tuple(row) for row in said] == [("photo_added", *who), ("photo_removed", *who)]


# --------------------------------------------------------------------------------------------------------- other files


async def test_the_certificate_of_the_battery_is_for_traders_too(world: World) -> None:
    """§4.5; a new one takes the place of the one before. Documents are the dealers' own."""
    vehicle = await offered(world)
    pdf = world.dealer.bearer | {"Content-Type": "application/pdf"}
    path = f"/api/vehicles/{vehicle}/files"
    first, second, document = [
        (await world.http.post(f"{path}?{query}", content=A_PDF, headers=pdf)).json()
        for query in ("kind=battery_certificate", "kind=battery_certificate&title=Soh", "title=Facture")
    ]
    listed = (await world.http.get(path, headers=world.dealer.bearer)).json()["items"]
    assert [(item["id"], item["title"]) for item in listed] == [(second["id"], "Soh"), (document["id"], "Facture")]
    for file, trader in ((first, 404), (second, 200), (document, 404)):
        assert (await world.http.get(f"/{file['address']}", headers=world.anne.bearer)).status_code == trader
    seen = await world.http.get(f"/{document['address']}", headers=world.dealer.bearer)
    assert (seen.content, seen.headers["content-type"]) == (A_PDF, "application/pdf")
    assert seen.headers["content-disposition"] == "attachment; filename=\"Facture.pdf\"; filename*=UTF-8''Facture.pdf"
    assert (await world.http.delete(f"/{document['address']}", headers=world.dealer.bearer)).status_code == 204


async def test_a_file_that_is_no_pdf_is_refused(world: World) -> None:
    vehicle = await world.vehicle()
    pdf = world.dealer.bearer | {"Content-Type": "application/pdf"}
    refused = await world.http.post(f"/api/vehicles/{vehicle}/files", content=b"<html>%PDF-", headers=pdf)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "file")


@pytest.mark.parametrize(
    ("title", "plain", "name"),
    [
        ("SOH Zoé – 91 %.pdf", "SOH Zo_ _ 91 _.pdf", "SOH Zoé – 91 %.pdf"),
        ("Certificat.PDF", "Certificat.pdf", "Certificat.pdf"),
        ("certificat.exe", "certificat.exe.pdf", "certificat.exe.pdf"),
        ("a\u202efdp.exe", "a_fdp.exe.pdf", "a_fdp.exe.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf", "_.._etc_passwd.pdf"),
        ('x"; filename=y.exe; z="', "x_; filename=y.exe; z=_.pdf", "x_; filename=y.exe; z=_.pdf"),
        ("é\r\nSet-Cookie: a=b", "__Set-Cookie_ a=b.pdf", "é_Set-Cookie_ a=b.pdf"),
        (" .pdf", "otherwise.pdf", "otherwise.pdf"),
        ("", "otherwise.pdf", "otherwise.pdf"),
    ],
)
def test_a_file_is_saved_under_its_own_name_and_no_other_header_is_made_of_it(
    title: str, plain: str, name: str
) -> None:
    """§4.5; RFC 6266."""
    told = attachment(saved_as(title, "otherwise", ".pdf"))
    assert re.fullmatch(r"""attachment; filename="[ !#-~]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+""", told)
    quoted = told.partition("filename*=UTF-8''")[2]
    assert (told.split('"')[1], unquote(quoted)) == (plain, name)

"""Photos and other files of vehicles: which there are, in which order, under which keys of the storage (§4.1, §4.5).

Stores and reads rows; the bytes are the storage's, and what they may be is decided before they come here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from persistence.audit import By, Change, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from persistence.database import AnyConnection, Database

MOST_PHOTOS: Final = 60
MOST_FILES: Final = 20
CERTIFICATE: Final = "battery_certificate"

_PHOTO: Final = "id, vehicle_id, defect_id, position, caption, photo_key, thumbnail_key, width, height"
_FILE: Final = "id, vehicle_id, kind, title, storage_key, bytes"

_SHOWN: Final = """
    SELECT asked.id FROM unnest($1::bigint[]) AS asked (id)
    WHERE EXISTS (
        SELECT FROM auction_lot_vehicles AS sold
        JOIN auctions ON auctions.id = sold.auction_id
        JOIN auction_audience AS audience ON audience.auction_id = sold.auction_id
        WHERE sold.vehicle_id = asked.id AND audience.trader_id = $2 AND NOT audience.uninvited
          AND (EXISTS (SELECT FROM connections
                       WHERE entity_id = auctions.entity_id AND trader_id = $2 AND removed_at IS NULL)
               OR status IN ('scheduled', 'open')
                  AND EXISTS (SELECT FROM auction_events AS bid
                              WHERE bid.auction_id = auctions.id AND bid.trader_id = $2 AND bid.kind = 'bid'))
    ) OR EXISTS (
        SELECT FROM offer_lines AS line JOIN offers ON offers.id = line.offer_id
        WHERE line.vehicle_id = asked.id AND offers.trader_id = $2
          AND (offers.status = 'ordered' OR offers.status IN ('in_progress', 'validated') AND line.fixed)
    ) OR EXISTS (
        SELECT FROM delivery_vehicles AS place JOIN deliveries ON deliveries.id = place.delivery_id
        WHERE place.vehicle_id = asked.id AND place.standing AND place.order_id IS NULL AND deliveries.trader_id = $2)
"""


class TooMany(Struct, frozen=True):
    """The vehicle has as many as it may have."""

    most: int


class UnknownDefect(Struct, frozen=True):
    """The vehicle has no defect of this id."""

    defect_id: int


class NewPhoto(Struct, frozen=True, kw_only=True):
    """A photo that is in the storage already."""

    photo_key: str
    thumbnail_key: str
    width: int
    height: int
    caption: str = ""
    defect_id: int | None = None


class StoredPhoto(NewPhoto, frozen=True, kw_only=True):
    """A photo of a vehicle; of one of its defects, if it has a `defect_id`."""

    id: int
    vehicle_id: int
    position: int


class NewFile(Struct, frozen=True, kw_only=True):
    """A file that is in the storage already; `kind` is `battery_certificate` or `document`."""

    kind: str
    title: str
    storage_key: str
    bytes: int


class StoredFile(NewFile, frozen=True, kw_only=True):
    """A file of a vehicle."""

    id: int
    vehicle_id: int


async def entity_of(database: Database, vehicle_id: int) -> int | None:
    """Whose stock the vehicle is in; None if there is no such vehicle."""
    async with database.acquire() as connection:
        found: int | None = await connection.fetchval("SELECT entity_id FROM vehicles WHERE id = $1", vehicle_id)
    return found


async def shown_to(database: Database, vehicle_ids: Iterable[int], trader_id: int) -> frozenset[int]:
    """Those of the vehicles whose photos and certificate the trader may read.

    It is invited to an auction that holds the vehicle, and has not been taken out again (§3.4). Once its connection
    was removed: only while its bids stand in one that is not over, and what it bought: ordered, won wherever it is
    brought, or delivered by hand (§2.4, §6.5).
    """
    async with database.acquire() as connection:
        rows = await connection.fetch(_SHOWN, list(vehicle_ids), trader_id)
    return frozenset(row["id"] for row in rows)


# Photos --------------------------------------------------------------------------------------------------------------


async def photos_of(database: Database, vehicle_id: int) -> list[StoredPhoto]:
    """The vehicle's photos, in their order."""
    async with database.acquire() as connection:
        return await _photos(connection, vehicle_id)


async def photo_of(database: Database, vehicle_id: int, photo_id: int) -> StoredPhoto | None:
    """One of the vehicle's photos."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            f"SELECT {_PHOTO} FROM vehicle_photos WHERE vehicle_id = $1 AND id = $2",  # noqa: S608 - columns named above
            vehicle_id,
            photo_id,
        )
    return None if row is None else StoredPhoto(**dict(row))


async def add_photo(
    database: Database, vehicle_id: int, new: NewPhoto, by: By
) -> StoredPhoto | TooMany | UnknownDefect:
    """A photo after those that the vehicle has."""
    async with database.transaction() as connection:
        entity_id = await _locked(connection, vehicle_id)
        if new.defect_id is not None and not await connection.fetchval(
            "SELECT EXISTS (SELECT FROM vehicle_defects WHERE id = $1 AND vehicle_id = $2)", new.defect_id, vehicle_id
        ):
            return UnknownDefect(new.defect_id)
        count, last = await connection.fetchrow(
            "SELECT count(*), coalesce(max(position), 0) FROM vehicle_photos WHERE vehicle_id = $1", vehicle_id
        ) or (0, 0)
        if count >= MOST_PHOTOS:
            return TooMany(MOST_PHOTOS)
        row = await connection.fetchrow(
            f"""INSERT INTO vehicle_photos (vehicle_id, defect_id, position, caption, photo_key, thumbnail_key, width,
                    height, added_by, added_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING {_PHOTO}""",  # noqa: S608 - as above
            vehicle_id,
            new.defect_id,
            last + 1,
            new.caption,
            new.photo_key,
            new.thumbnail_key,
            new.width,
            new.height,
            by.user_id,
            by.at,
        )
        assert row is not None
        await _say(connection, by, (entity_id, vehicle_id), "photo_added", {"photo": [None, row["id"]]})
    return StoredPhoto(**dict(row))


async def arrange_photos(database: Database, vehicle_id: int, photos: Sequence[tuple[int, str]], by: By) -> bool:
    """Put the vehicle's photos into this order, with these captions. False: these are not its photos, each once."""
    async with database.transaction() as connection:
        entity_id = await _locked(connection, vehicle_id)
        before = [(photo.id, photo.caption) for photo in await _photos(connection, vehicle_id)]
        if sorted(photo_id for photo_id, _ in photos) != sorted(photo_id for photo_id, _ in before):
            return False
        if list(photos) == before:
            return True
        await connection.executemany(
            "UPDATE vehicle_photos SET position = $3, caption = $4 WHERE vehicle_id = $1 AND id = $2",
            [(vehicle_id, photo_id, place, caption) for place, (photo_id, caption) in enumerate(photos, start=1)],
        )
        fields = {"photos": [[photo_id for photo_id, _ in order] for order in (before, photos)]}
        await _say(connection, by, (entity_id, vehicle_id), "photos_arranged", fields)
    return True


async def remove_photo(database: Database, vehicle_id: int, photo_id: int, by: By) -> StoredPhoto | None:
    """Take a photo off the vehicle; gives what it was, or None if it has none of this id."""
    async with database.transaction() as connection:
        entity_id = await _locked(connection, vehicle_id)
        row = await connection.fetchrow(
            f"DELETE FROM vehicle_photos WHERE vehicle_id = $1 AND id = $2 RETURNING {_PHOTO}",  # noqa: S608 - as above
            vehicle_id,
            photo_id,
        )
        if row is None:
            return None
        await _say(connection, by, (entity_id, vehicle_id), "photo_removed", {"photo": [photo_id, None]})
    return StoredPhoto(**dict(row))


# Other files ---------------------------------------------------------------------------------------------------------


async def files_of(database: Database, vehicle_id: int) -> list[StoredFile]:
    """The vehicle's other files, oldest first."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            f"SELECT {_FILE} FROM vehicle_files WHERE vehicle_id = $1 ORDER BY id",  # noqa: S608 - columns named above
            vehicle_id,
        )
    return [StoredFile(**dict(row)) for row in rows]


async def file_of(database: Database, vehicle_id: int, file_id: int) -> StoredFile | None:
    """One of the vehicle's other files."""
    return next((file for file in await files_of(database, vehicle_id) if file.id == file_id), None)


async def add_file(
    database: Database, vehicle_id: int, new: NewFile, by: By
) -> tuple[StoredFile, StoredFile | None] | TooMany:
    """A file of the vehicle, and the one that it takes the place of: there is one certificate (§4.5)."""
    async with database.transaction() as connection:
        entity_id = await _locked(connection, vehicle_id)
        gone = None
        if new.kind == CERTIFICATE:
            gone = await connection.fetchrow(
                f"DELETE FROM vehicle_files WHERE vehicle_id = $1 AND kind = $2 RETURNING {_FILE}",  # noqa: S608 - as above
                vehicle_id,
                CERTIFICATE,
            )
        elif await _documents(connection, vehicle_id) >= MOST_FILES:
            return TooMany(MOST_FILES)
        row = await connection.fetchrow(
            f"""INSERT INTO vehicle_files (vehicle_id, kind, title, storage_key, bytes, added_by, added_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {_FILE}""",  # noqa: S608 - as above
            vehicle_id,
            new.kind,
            new.title,
            new.storage_key,
            new.bytes,
            by.user_id,
            by.at,
        )
        assert row is not None
        fields = {new.kind: [None if gone is None else gone["id"], row["id"]]}
        await _say(connection, by, (entity_id, vehicle_id), "file_added", fields)
    return StoredFile(**dict(row)), None if gone is None else StoredFile(**dict(gone))


async def remove_file(database: Database, vehicle_id: int, file_id: int, by: By) -> StoredFile | None:
    """Take a file off the vehicle; gives what it was, or None if it has none of this id."""
    async with database.transaction() as connection:
        entity_id = await _locked(connection, vehicle_id)
        row = await connection.fetchrow(
            f"DELETE FROM vehicle_files WHERE vehicle_id = $1 AND id = $2 RETURNING {_FILE}",  # noqa: S608 - as above
            vehicle_id,
            file_id,
        )
        if row is None:
            return None
        await _say(connection, by, (entity_id, vehicle_id), "file_removed", {row["kind"]: [file_id, None]})
    return StoredFile(**dict(row))


# What all of them do -------------------------------------------------------------------------------------------------


async def _photos(connection: AnyConnection, vehicle_id: int) -> list[StoredPhoto]:
    rows = await connection.fetch(
        f"SELECT {_PHOTO} FROM vehicle_photos WHERE vehicle_id = $1 ORDER BY position",  # noqa: S608 - columns named above
        vehicle_id,
    )
    return [StoredPhoto(**dict(row)) for row in rows]


async def _documents(connection: AnyConnection, vehicle_id: int) -> int:
    count: int = await connection.fetchval(
        "SELECT count(*) FROM vehicle_files WHERE vehicle_id = $1 AND kind <> $2", vehicle_id, CERTIFICATE
    )
    return count


async def _locked(connection: AnyConnection, vehicle_id: int) -> int:
    """The vehicle's entity; one change of its files at a time."""
    entity_id: int | None = await connection.fetchval(
        "SELECT entity_id FROM vehicles WHERE id = $1 FOR NO KEY UPDATE", vehicle_id
    )
    assert entity_id is not None, "vehicles are not deleted, and the doors have seen this one"
    return entity_id


async def _say(
    connection: AnyConnection, by: By, place: tuple[int, int], action: str, fields: Mapping[str, object]
) -> None:
    entity_id, vehicle_id = place
    change = Change(subject="vehicle", subject_id=vehicle_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, by, change)

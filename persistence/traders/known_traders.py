"""The traders that a dealer's groups know, as its list shows them: searched, filtered by what the entities have with
them (§2.2 to §2.4), sorted, a page at a time.

Only reads. Which groups know a trader is said in companies.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from persistence.traders.companies import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database

STATES: Final = ("active", "invited", "removed", "none")
"""What an entity may have with a trader; `none`: neither a connection nor an invitation that waits."""
SORTS: Final = {"name": "legal_name", "city": "city", "since": "since"}


class Standing(Struct, frozen=True):
    """What an entity has, or had, with a trader; `since` is when it was connected, or invited."""

    entity_id: int
    state: str
    since: Instant
    removed_at: Instant | None


class KnownTrader(Struct, frozen=True, kw_only=True):
    """A trader on a group's list, and what those entities that were asked for have with it, the latest first."""

    id: int
    legal_name: str
    siret: str
    city: str
    kind: str
    standings: tuple[Standing, ...]


class WantedTraders(Struct, frozen=True, kw_only=True):
    """Which traders: `words` in name or city, or at the beginning of the SIRET; of a kind; in one of these states with
    one of `entity_ids`; sorted by a key of `SORTS`, descending after a minus.
    """

    entity_ids: tuple[int, ...]
    words: str = ""
    kind: str | None = None
    states: tuple[str, ...] = ()
    sort: str = "name"


# The latest connection of each entity counts; an invitation while it waits for an answer.
_STANDINGS: Final = """
    SELECT trader_id, entity_id, 'active' AS state, activated_at AS since, removed_at FROM connections
    WHERE entity_id = ANY ($1::bigint[]) AND removed_at IS NULL
    UNION ALL
    SELECT trader_id, entity_id, 'removed', activated_at, removed_at FROM connections AS held
    WHERE entity_id = ANY ($1::bigint[]) AND removed_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM connections AS later WHERE later.entity_id = held.entity_id
                      AND later.trader_id = held.trader_id AND later.id > held.id)
    UNION ALL
    SELECT trader_id, entity_id, 'invited', sent_at, NULL
    FROM invitations JOIN invitation_entities ON invitation_id = invitations.id
    WHERE entity_id = ANY ($1::bigint[]) AND trader_id IS NOT NULL
      AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2
"""
_WITH: Final = f"""
    SELECT trader_id FROM ({_STANDINGS}) AS standing WHERE entity_id = ANY ($6::bigint[])
"""  # noqa: S608 - put together from constants
# Whatever is not sorted by, PostgreSQL leaves out of the join. Whom the groups know is told once, for total and page.
_FOUND: Final = f"""
    WITH found AS MATERIALIZED (
        SELECT company.id, legal_name, city{{since}} FROM trader_companies AS company
        LEFT JOIN (SELECT trader_id, max(since) AS since FROM ({_STANDINGS}) AS standing
                   WHERE entity_id = ANY ($6::bigint[]) GROUP BY trader_id) AS latest
            ON latest.trader_id = company.id
        WHERE id IN ({KNOWN}) AND ($3::text = '' OR search_text LIKE holding($3) OR starts_with(siret, $3))
          AND ($4::text IS NULL OR kind = $4)
          AND (cardinality($5::text[]) = 0 OR id IN ({_WITH} AND state = ANY ($5))
               OR 'none' = ANY ($5) AND id NOT IN ({_WITH} AND state <> 'removed'))
    )
    SELECT (SELECT count(*) FROM found) AS total,
           ARRAY (SELECT id FROM found ORDER BY {{order}}, legal_name, id LIMIT $7 OFFSET $8) AS ids
"""  # noqa: S608 - put together from constants
_CARDS: Final = """
    SELECT id, legal_name, siret, city, kind FROM unnest($1::bigint[]) WITH ORDINALITY AS page (id, place)
    JOIN trader_companies USING (id) ORDER BY place
"""
_HELD: Final = f"""
    SELECT * FROM ({_STANDINGS}) AS standing WHERE trader_id = ANY ($3::bigint[]) ORDER BY since DESC, entity_id
"""  # noqa: S608 - put together from constants


async def page_of_traders(
    database: Database, entity_ids: Iterable[int], wanted: WantedTraders, now: Instant, *, page: int, per_page: int
) -> tuple[int, list[KnownTrader]]:
    """The traders whose cards `known_company` shows to these entities: how many there are, and one page of them."""
    entities = list(entity_ids)
    words, states = wanted.words, list(wanted.states)
    asked = (entities, now, words, wanted.kind, states, list(wanted.entity_ids))
    by = SORTS[wanted.sort.lstrip("-")]
    order = f"{by} {'DESC' if wanted.sort.startswith('-') else 'ASC'} NULLS LAST"
    query = _FOUND.format(since=", since" if by == "since" else "", order=order)
    async with database.listing() as connection:
        found = await connection.fetchrow(query, *asked, per_page, (page - 1) * per_page)
        assert found is not None, "counting gives a row"
        rows = await connection.fetch(_CARDS, found["ids"])
        held = await connection.fetch(_HELD, entities, now, found["ids"])
    standings: dict[int, list[Standing]] = {}
    for row in held:
        standing = Standing(row["entity_id"], row["state"], row["since"], row["removed_at"])
        standings.setdefault(row["trader_id"], []).append(standing)
    traders = [
        KnownTrader(
            id=row["id"],
            legal_name=row["legal_name"],
            siret=row["siret"],
            city=row["city"],
            kind=row["kind"],
            standings=tuple(standings.get(row["id"], ())),
        )
        for row in rows
    ]
    return found["total"], traders

"""The mailing lists of a dealer's entities: `GET /api/mailing-lists`."""

from msgspec import Struct

from persistence.mailing_lists import mailing_lists_of
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing


class MailingList(Struct, frozen=True):
    """A list; `traders` are those still connected (§3.3), `count` how many would be told."""

    id: int
    entity: int
    title: str
    traders: tuple[int, ...]
    count: int


class MailingLists(Struct, frozen=True):
    """By entity and title."""

    items: tuple[MailingList, ...]


async def list_mailing_lists(asking: Asking[Nothing, EntityQuery]) -> MailingLists | Refusal:
    """The lists."""
    entities = entities_asked(asking.caller, asking.query)
    if isinstance(entities, Refusal):
        return entities
    return MailingLists(
        tuple(
            [
                MailingList(found.id, entity_id, found.title, found.trader_ids, len(found.trader_ids))
                for entity_id in entities
                for found in await mailing_lists_of(asking.doors.database, entity_id)
            ]
        )
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/mailing-lists",
        who=Who.DEALER,
        says="The mailing lists of the dealer's entities.",
        answer=list_mailing_lists,
        query=EntityQuery,
        gives=MailingLists,
    ),
)

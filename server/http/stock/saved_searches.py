"""A dealer's kept searches of the stock: `/api/saved-searches` (§4.8). They are the user's own; nobody else sees them.

A search is what the query of `GET /api/vehicles` says, and is refused for what that query would be refused for.
"""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct
from starlette.responses import Response

from persistence.stock.lists import StockSearch, counts
from persistence.stock.saved_searches import (
    NameTaken,
    NewSearch,
    SavedSearch,
    TooManySearches,
    forget_search,
    keep_search,
    searches_of,
)
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing, read_query
from server.http.stock.query import StockFilter, read_columns, read_search
from server.http.values import LINE, Id

_Filters = Annotated[
    dict[Annotated[str, Meta(max_length=60)], Annotated[str, Meta(max_length=500)]],
    Meta(max_length=80, description="Members of the query of `GET /api/vehicles`, but `entity`, `sort`, `columns`"),
]
MOST_COUNTED: Final = 1_000
"""Beyond, a pinned search says that there are more: a home page tells a dozen of them, again and again."""
_ELSEWHERE = frozenset({"entity", "sort", "columns"})


class SearchForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A search to be kept: in one entity or, without, in all of the dealer's."""

    name: Annotated[str, Meta(max_length=100, pattern=LINE)]
    filters: _Filters = {}
    entity: Id | None = None
    sort: Annotated[str, Meta(max_length=41)] = ""
    columns: Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(max_length=100)] = ()
    pinned: bool = False


class KeptSearch(Struct, frozen=True):
    """A search that is kept; `count` is how many vehicles a pinned one finds now. `count_is_bound`: it finds more than
    these, and nobody has counted how many.
    """

    id: int
    name: str
    filters: dict[str, str]
    entity: int | None
    sort: str
    columns: tuple[str, ...]
    pinned: bool
    count: int | None
    count_is_bound: bool = False


class KeptSearches(Struct, frozen=True):
    """Pinned ones first, then by name."""

    items: tuple[KeptSearch, ...]


async def list_searches(asking: Asking[Nothing, Nothing]) -> KeptSearches:
    """The dealer's searches, but those in entities that it works for no longer."""
    kept = await searches_of(asking.doors.database, asking.caller.user_id)
    entities = asking.caller.entities
    return KeptSearches(
        await _shown(asking, [one for one in kept if one.entity_id is None or one.entity_id in entities])
    )


async def add_search(asking: Asking[SearchForm, Nothing]) -> KeptSearch | Refusal:
    """Keep a search."""
    return await _keep(asking, None)


async def change_search(asking: Asking[SearchForm, Nothing]) -> KeptSearch | Refusal:
    """Change a search."""
    return await _keep(asking, asking.ids["id"])


async def delete_search(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Forget a search."""
    gone = await forget_search(asking.doors.database, asking.caller.user_id, asking.ids["id"])
    return Response(status_code=204) if gone else Refusal(DoorCode.NOT_FOUND)


async def _keep(asking: Asking[SearchForm, Nothing], search_id: int | None) -> KeptSearch | Refusal:
    form, now = asking.body, asking.doors.clock.now()
    new = NewSearch(
        name=form.name.strip(),
        entity_id=form.entity,
        filters=form.filters,
        sort=form.sort,
        columns=form.columns,
        pinned=form.pinned,
    )
    refusal = _read(asking, new)
    if isinstance(refusal, Refusal):
        return refusal
    kept = await keep_search(asking.doors.database, asking.caller.user_id, new, now, search_id)
    match kept:
        case None:
            return Refusal(DoorCode.NOT_FOUND)
        case NameTaken():
            return Refusal(DoorCode.CONFLICT, "name: you have a search of this name already.", "name")
        case TooManySearches():
            what, field = ("pinned searches", "pinned") if kept.pinned else ("searches", "name")
            return Refusal(DoorCode.CONFLICT, f"{field}: at most {kept.most} {what}.", field)
        case SavedSearch():
            return (await _shown(asking, [kept]))[0]


def _read(asking: Asking[Any, Any], search: NewSearch) -> StockSearch | Refusal:
    """The search as the list reads it; what does not fit there is refused."""
    misplaced = _ELSEWHERE & search.filters.keys()
    if misplaced:
        name = min(misplaced)
        return Refusal(DoorCode.INVALID, f"filters.{name}: belongs beside the filters.", f"filters.{name}")
    columns = read_columns(",".join(search.columns))
    if isinstance(columns, Refusal):
        return columns
    members = [*search.filters.items(), ("sort", search.sort), ("entity", str(search.entity_id or ""))]
    query = read_query(members, StockFilter)
    found = query if isinstance(query, Refusal) else read_search(asking.caller, query, asking.doors.clock.now())
    if isinstance(found, Refusal) and found.field in search.filters:
        told = "; ".join(f"filters.{each}" for each in (found.message or "").split("; "))
        reasons = tuple(Reason(each.code, f"filters.{each.field}") for each in found.reasons)
        return Refusal(found.code, told, f"filters.{found.field}", reasons=reasons)
    return found


async def _shown(asking: Asking[Any, Any], kept: list[SavedSearch]) -> tuple[KeptSearch, ...]:
    read = {one.id: _read(asking, one) for one in kept if one.pinned}
    # A field that is gone since leaves the search as it was kept, to be changed or forgotten, and uncounted.
    searches = {search_id: search for search_id, search in read.items() if isinstance(search, StockSearch)}
    found = await counts(asking.doors.database, searches.values(), MOST_COUNTED + 1)
    counted = dict(zip(searches, found, strict=True))
    return tuple(_kept(one, counted.get(one.id)) for one in kept)


def _kept(one: SavedSearch, found: int | None) -> KeptSearch:
    count = None if found is None else min(found, MOST_COUNTED)
    return KeptSearch(
        one.id,
        one.name,
        one.filters,
        one.entity_id,
        one.sort,
        one.columns,
        one.pinned,
        count,
        count != found,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/saved-searches",
        who=Who.DEALER,
        says="The dealer's kept searches of the stock; a pinned one tells how many vehicles it finds.",
        answer=list_searches,
        gives=KeptSearches,
    ),
    Route(
        method="POST",
        path="/api/saved-searches",
        who=Who.DEALER,
        says="Keep a search of the stock.",
        answer=add_search,
        body=SearchForm,
        gives=KeptSearch,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="PUT",
        path="/api/saved-searches/{id}",
        who=Who.DEALER,
        says="Change a kept search.",
        answer=change_search,
        body=SearchForm,
        gives=KeptSearch,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="DELETE",
        path="/api/saved-searches/{id}",
        who=Who.DEALER,
        says="Forget a kept search.",
        answer=delete_search,
        gives=None,
        status=204,
    ),
)

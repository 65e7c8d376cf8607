"""Lists a page at a time: which page is asked for, what is answered, and how many pages there are."""

from collections.abc import Iterable
from typing import Annotated, Generic, Self, TypeVar

from msgspec import Meta, Struct

MOST_PER_PAGE = 200
Item = TypeVar("Item")


class PageQuery(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which page, of how many items."""

    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Meta(ge=1, le=MOST_PER_PAGE)] = 50


class WholeQuery(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which page, of how many items; 200 unless told otherwise, which are nearly always all that a form chooses among.
    Whoever needs all of them reads `pages`, and asks for the further ones.
    """

    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Meta(ge=1, le=MOST_PER_PAGE)] = MOST_PER_PAGE


def pages(total: int, limit: int) -> int:
    """How many pages there are; an empty list has one."""
    return max(1, -(-total // limit))


class Paged(Struct, Generic[Item], frozen=True):
    """One page of a list, of how many pages and items."""

    items: tuple[Item, ...]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, items: Iterable[Item], query: PageQuery | WholeQuery, total: int) -> Self:
        """The page that was asked for."""
        return cls(tuple(items), query.page, pages(total, query.limit), total)

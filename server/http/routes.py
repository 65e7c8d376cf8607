"""Every JSON route of the house, and how they become Starlette's: one list, from which the documents are made too.

Of addresses that fit the same request the first counts: one with a word comes before one with an id.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as StarletteRoute
from starlette.types import Receive, Scope, Send

from server.errors import DoorCode, Refusal
from server.http import demo, health, metrics, records
from server.http.auctions import auctions
from server.http.auctions import changes as auction_changes
from server.http.auctions import history as auction_records
from server.http.auctions import orders as auction_orders
from server.http.door import Route, pass_through, refusal_response
from server.http.doors import HttpDoors
from server.http.notices import demo_mails
from server.http.notices import notifications as notices
from server.http.people import (
    entities,
    groups,
    me,
    open_sessions,
    passwords,
    sessions,
    sites,
    tokens,
    user_groups,
    user_invitations,
    users,
)
from server.http.sales import deliveries, delivery_lists, invoices, offer_changes, offers, orders, papers, purchases
from server.http.stock import catalogue, life_line, photos, saved_searches, vehicle_changes, vehicles
from server.http.stock import documents as vehicle_documents
from server.http.stock import export as stock_export
from server.http.stock import imports as stock_imports
from server.http.traders import connections, invitation_links, invitations, known_traders, mailing_lists, traders

ROUTES: Final[tuple[Route, ...]] = (
    *sessions.ROUTES,
    *me.ROUTES,
    *open_sessions.ROUTES,
    *passwords.ROUTES,
    *tokens.ROUTES,
    *groups.ROUTES,
    *entities.ROUTES,
    *users.ROUTES,
    *user_groups.ROUTES,
    *user_invitations.ROUTES,
    *auctions.ROUTES,
    *auction_orders.ROUTES,
    *auction_changes.ROUTES,
    *auction_records.ROUTES,
    *vehicles.ROUTES,
    *stock_imports.ROUTES,
    *saved_searches.ROUTES,
    *stock_export.ROUTES,
    *photos.ROUTES,
    *vehicle_documents.ROUTES,
    *vehicle_changes.ROUTES,
    *life_line.ROUTES,
    *catalogue.ROUTES,
    *known_traders.ROUTES,
    *traders.ROUTES,
    *invitations.ROUTES,
    *invitation_links.ROUTES,
    *connections.ROUTES,
    *mailing_lists.ROUTES,
    *sites.ROUTES,
    *offers.ROUTES,
    *offer_changes.ROUTES,
    *orders.ROUTES,
    *delivery_lists.ROUTES,
    *deliveries.ROUTES,
    *invoices.ROUTES,
    *purchases.ROUTES,
    *papers.ROUTES,
    *records.ROUTES,
    *notices.ROUTES,
    *demo.ROUTES,
    *demo_mails.ROUTES,
    *health.ROUTES,
    *metrics.ROUTES,
)


def starlette_routes(doors: HttpDoors, routes: Sequence[Route] = ROUTES) -> list[BaseRoute]:
    """The routes for Starlette; an address takes the methods that are declared for it and answers 405 to others."""
    by_path: dict[str, dict[str, Route]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = route
    return [_at(doors, path, by_method) for path, by_method in by_path.items()]


def _at(doors: HttpDoors, path: str, by_method: dict[str, Route]) -> BaseRoute:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        route = by_method.get(method)
        if route is not None:
            return await pass_through(doors, route, request)
        response = refusal_response(Refusal(DoorCode.METHOD_NOT_ALLOWED))
        response.headers["Allow"] = ", ".join(sorted(by_method))
        return response

    return StarletteRoute(path, _Everything(endpoint))


class _Everything:
    """An endpoint that is asked whatever the method; Starlette would answer 405 in its own words."""

    def __init__(self, endpoint: Callable[[Request], Awaitable[Response]]) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        response = await self._endpoint(request)
        await response(scope, receive, send)


async def _nothing(_: Request) -> Response:
    return refusal_response(Refusal(DoorCode.NOT_FOUND))


NOTHING_ELSE: Final = StarletteRoute("/api{rest:path}", _Everything(_nothing))
"""Under /api, what is not a route is nothing."""

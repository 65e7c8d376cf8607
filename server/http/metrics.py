"""Figures for Prometheus: `/metrics`. Ids, codes and counts; no names, no amounts."""

from starlette.responses import Response

from server.http.door import Asking, Route, Who
from server.http.reading import Nothing


async def metrics(asking: Asking[Nothing, Nothing]) -> Response:
    """All figures of this process."""
    return Response(
        asking.doors.telemetry.exposition(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"},
    )


ROUTES = (
    Route(
        method="GET",
        path="/metrics",
        who=Who.ANYONE,
        says="Figures for Prometheus, as text.",
        answer=metrics,
        gives=None,
    ),
)

"""No list of the house is left out of the benchmark: the table of routes says which there are.

Those of one thing (its photos, its orders) are short whatever the house holds.
"""

import pytest

from server.http.door import Route, Who
from server.http.routes import ROUTES
from tests.lists.__main__ import LISTS

_MEASURED = {f"/api/{one.address.partition('?')[0]}" for one in LISTS}
_ROUTES = [
    route
    for route in ROUTES
    if route.method == "GET" and "items" in getattr(route.gives, "__struct_fields__", ()) and not route.ids
]


@pytest.mark.parametrize("route", _ROUTES, ids=lambda route: route.path)
def test_a_list_is_measured(route: Route) -> None:
    assert route.path in _MEASURED or route.who is Who.ANYONE

"""Houses for the tests of the doors: one that a module shares, for what leaves it as it was or makes its own things."""

from collections.abc import AsyncIterator

import pytest

from tests.server.houses import Copies, World, peopled


@pytest.fixture(scope="module")
async def world(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """An open house with people in it, shared by the module."""
    async with peopled(copies(), data=tmp_path_factory.mktemp("data")) as it:
        yield it

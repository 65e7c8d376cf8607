"""What every test may ask for.

Asynchronous tests are plain `async def` functions, run by anyio's pytest plugin in automatic mode on asyncio with
uvloop, as the house itself runs; there is no other plugin for it. Nothing here may hide a rule: fixtures give real
things (a real PostgreSQL, a fresh database), never prepared outcomes.
"""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop of the house: asyncio on uvloop, one for the whole session so that fixtures may span tests."""
    return "asyncio", {"use_uvloop": True}

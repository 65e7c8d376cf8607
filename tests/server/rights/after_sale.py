"""The routes of after sale."""

from tests.server.rights.case import Case

CASES: dict[str, Case] = {}

"""Where a request comes from: one of our own pages, another site, or no page at all.

A browser's cookie is believed for our own pages only. Pure: headers in, a word out.
"""

import enum
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

_LOOPBACK: Final = ("localhost", "::1")


class Origin(enum.Enum):
    """Whose page sends the request; `NO_PAGE`: nothing says that a page does."""

    OURS = "ours"
    FOREIGN = "foreign"
    NO_PAGE = "no page"


def origin_of(headers: Mapping[str, str], ours: frozenset[str]) -> Origin:
    """Judge by `Origin` against `ours` (if none are named, the request's own `Host`), else by `Sec-Fetch-Site`."""
    origin = headers.get("origin")
    if origin is not None:
        return Origin.OURS if _is_ours(origin.lower(), headers.get("host", ""), ours) else Origin.FOREIGN
    site = headers.get("sec-fetch-site")
    if site is None:
        return Origin.NO_PAGE
    return Origin.OURS if site in {"same-origin", "none"} else Origin.FOREIGN


def keeps_no_secure_cookie(headers: Mapping[str, str]) -> bool:
    """Whether the page was read over plain HTTP, not from this machine: browsers drop `Secure` cookies there."""
    parts = urlsplit(headers.get("origin", ""))
    host = parts.hostname or ""
    return parts.scheme == "http" and not (host in _LOOPBACK or host.endswith(".localhost") or host.startswith("127."))


def _is_ours(origin: str, host: str, ours: frozenset[str]) -> bool:
    if ours:
        return origin in ours
    scheme, separator, authority = origin.partition("://")
    return bool(separator) and scheme in {"http", "https"} and bool(host) and _bare(authority) == _bare(host.lower())


def _bare(authority: str) -> str:
    """The authority without a port that goes without saying; a proxy may have changed the scheme."""
    return authority.removesuffix(":443").removesuffix(":80")

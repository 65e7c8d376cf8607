"""The OpenAPI 3.1 document, made from the registered routes and their types: nothing in it is written by hand twice.

Knows no route by name and no request.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from server.auth.identification import COOKIE
from server.errors import TABLE
from server.http.door import KEY, LONGEST_KEY, ErrorAnswer, Route, Who
from server.http.reading import Upload
from server.shapes import REF, said_whole

_NO_CONTENT: Final = 204
_KEY_PATTERN: Final = "^[!-~]([ -~]*[!-~])?$"
"""Printable ASCII, without spaces around it: those are no part of a header."""


def openapi(routes: Sequence[Route], version: str, root_path: str = "") -> dict[str, Any]:
    """The document of these routes."""
    types: list[type] = [ErrorAnswer]
    for route in routes:
        shapes = (None if isinstance(route.body, Upload) else route.body, route.gives, route.query)
        types += [shape for shape in shapes if shape is not None]
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    by_type = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, by_type, components)
    queries = {shape.__name__ for route in routes if (shape := route.query) is not None}
    operations = [operation for item in paths.values() for operation in item.values()]
    components = said_whole(
        components,
        said=[operation["responses"] for operation in operations],
        told=[(operation["parameters"], operation.get("requestBody")) for operation in operations],
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Adjugé",
            "version": version,
            "description": "What is not live: signing in, auctions, stock. Bids travel on the live wire (AsyncAPI).",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root_path or "/"}],
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in components.items() if name not in queries},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _operation(route: Route, by_type: dict[type, Any], components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.says,
        "operationId": route.answer.__name__,
        "tags": [route.path.split("/")[2] if route.path.startswith("/api/") else "house"],
        "security": [] if route.who is Who.ANYONE else [{"session": []}, {"token": []}],
        "x-who": route.who.value,
        "parameters": [*_ids(route), *_query(route.query, components), *_key(route)],
        "responses": {**_given(route, by_type), **_refusals(route)},
    }
    if route.body is not None:
        content = _files(route.body.types) if isinstance(route.body, Upload) else _json(by_type[route.body])
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _ids(route: Route) -> Iterable[dict[str, Any]]:
    for name in route.ids:
        schema = {"type": "integer", "minimum": 0}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query(query: type[Struct] | None, components: dict[str, Any]) -> Iterable[dict[str, Any]]:
    if query is None:
        return
    shape = components[query.__name__]
    for name, schema in shape["properties"].items():
        required = name in shape.get("required", ())
        told = {"name": name, "in": "query", "required": required, "schema": schema}
        yield told if required else {**told, "allowEmptyValue": True}  # an empty one counts as none


def _key(route: Route) -> Iterable[dict[str, Any]]:
    if route.takes_key:
        schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": _KEY_PATTERN}
        told = {"name": KEY, "in": "header", "required": False, "schema": schema}
        yield {**told, "description": "Sent again with the same key, a request is done once, and answered the same."}


def _given(route: Route, by_type: dict[type, Any]) -> dict[str, Any]:
    if route.status == _NO_CONTENT:
        return {str(route.status): {"description": "Done."}}
    if route.gives_file:
        return {str(route.status): {"description": route.says, "content": _files(route.gives_file)}}
    if route.gives is None:
        return {
            str(route.status): {"description": route.says, "content": {"text/plain": {"schema": {"type": "string"}}}}
        }
    return {str(route.status): {"description": route.says, "content": _json(by_type[route.gives])}}


def _refusals(route: Route) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for code in route.all_refusals:
        by_status.setdefault(str(TABLE[code].status), []).append(f"`{code}`: {TABLE[code].sentence}")
    error = {"$ref": REF.format(name=ErrorAnswer.__name__)}
    return {
        status: {"description": "\n\n".join(lines), "content": _json(error)}
        for status, lines in sorted(by_status.items())
    }


def _files(types: Sequence[str]) -> dict[str, Any]:
    return {each: {"schema": {"type": "string", "format": "binary"}} for each in types}


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}

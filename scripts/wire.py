"""Writes the pages' wire types anew from the server's documents: HTTP routes (OpenAPI), live messages (AsyncAPI).

`python scripts/wire.py [FOLDER]`. Starts no server and asks no database: the documents are made from types. What
is made here is JSON schema; web/wire.mjs turns it into TypeScript (docs/decisions/0019-generated-wire-types.md).
"""

import argparse
import inspect
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
GENERATED: Final = ROOT / "web" / "src" / "wire" / "generated"
sys.path.insert(0, str(ROOT))

from server.http.openapi import openapi  # noqa: E402 - the project is found from here, installed or not
from server.http.routes import ROUTES  # noqa: E402 - see above
from server.live.asyncapi import asyncapi  # noqa: E402 - see above

_VERSION: Final = ""  # the types are the same whatever the version
_NO_CONTENT: Final = "204"


def main() -> int:
    """Write the types into the folder that is named, else where the pages read them; gives the exit code."""
    parser = argparse.ArgumentParser(description="Write the pages' wire types anew from the server's documents.")
    parser.add_argument("folder", nargs="?", type=Path, default=GENERATED, help="default: where the pages read them")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in {"http": http_schema(), "live": live_schema()}.items():
        words = [str(ROOT / "scripts" / "node.sh"), "node", str(ROOT / "web" / "wire.mjs"), str(folder / f"{name}.ts")]
        subprocess.run(words, input=json.dumps(schema), text=True, check=True)
    return 0


def http_schema() -> dict[str, Any]:
    """`Doors`: of every route (`GET /api/vehicles`) the ids in its path, its query, its body and its answer."""
    document = openapi(ROUTES, _VERSION)
    doors = {
        f"{method.upper()} {path}": _door(operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    return _schema("Doors", "Every HTTP route: what it is asked with and what it answers.", doors, document)


def live_schema() -> dict[str, Any]:
    """`Live`: the messages that a client says and those that it is told, each told apart by `type`."""
    document = asyncapi(_VERSION)
    messages, live = document["components"]["messages"], {}
    for operation, name in (("say", "FromClient"), ("hear", "FromServer")):
        told = [reference["$ref"].rpartition("/")[2] for reference in document["operations"][operation]["messages"]]
        shape = {
            "description": document["operations"][operation]["summary"],
            "anyOf": [messages[message]["payload"] for message in told],
        }
        document["components"]["schemas"][name] = shape
        live[operation] = {"$ref": f"#/components/schemas/{name}"}
    return _schema("Live", "What is said and heard on the live wire.", live, document)


def _schema(name: str, says: str, members: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    components = document["components"]["schemas"]
    return {
        **_object(_plain(members), says),
        "title": name,
        "definitions": {title: {**_plain(schema), "title": title} for title, schema in sorted(components.items())},
    }


def _door(operation: dict[str, Any]) -> dict[str, Any]:
    """A route as one type."""
    members: dict[str, Any] = {}
    for member, place in (("ids", "path"), ("query", "query")):
        parameters = [parameter for parameter in operation["parameters"] if parameter["in"] == place]
        if parameters:
            required = [parameter["name"] for parameter in parameters if parameter["required"]]
            shapes = {parameter["name"]: parameter["schema"] for parameter in parameters}
            members[member] = _object(shapes, required=required)
    if "requestBody" in operation:
        members["body"] = _content(operation["requestBody"]["content"])
    status, answer = next((status, given) for status, given in operation["responses"].items() if status[0] == "2")
    members["answer"] = {"tsType": "undefined"} if status == _NO_CONTENT else _content(answer["content"])
    optional = {"query"} if "query" in members and not members["query"]["required"] else set()
    return _object(members, operation["summary"], required=members.keys() - optional)


def _content(content: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = next(iter(content.values()))["schema"]
    return {"tsType": "Blob"} if shape.get("format") == "binary" else shape


def _object(
    members: dict[str, Any], says: str | None = None, *, required: Iterable[str] | None = None
) -> dict[str, Any]:
    return {
        "type": "object",
        **({} if says is None else {"description": says}),
        "properties": members,
        "required": sorted(members if required is None else required),
        "additionalProperties": False,
    }


def _plain(value: Any) -> Any:
    """A schema as the pages' types need it: references to the definitions, sentences without their indents."""
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": f"#/definitions/{value['$ref'].rpartition('/')[2]}"}
    plain = {key: _plain(member) for key, member in value.items()}
    if isinstance(plain.get("description"), str):
        plain["description"] = inspect.cleandoc(plain["description"])
    if plain.get("type") == "object" and "properties" not in plain:
        plain.setdefault("additionalProperties", True)  # a map of anything
    return plain


if __name__ == "__main__":
    sys.exit(main())

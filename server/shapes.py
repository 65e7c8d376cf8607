"""JSON schemas made from types, as exact as the types are about what is always there.

A type says "may be missing" by a default; but what the house itself says it writes whole, and only what is `UNSET` is
left out. So a field with a default is required in what the house says, and may be missing in what it is told.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

REF: Final = "#/components/schemas/{name}"


def said_whole(components: dict[str, Any], said: Iterable[Any], told: Iterable[Any]) -> dict[str, Any]:
    """The components, exact about those that the house says and is never told.

    `said` and `told` are schemas, or whatever holds references to components.
    """
    ours = _reached(components, said) - _reached(components, told)
    return {name: _whole(schema) if name in ours else schema for name, schema in components.items()}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    if "properties" not in schema:
        return schema
    properties = schema["properties"]
    required = set(schema.get("required", ())) | {name for name, shape in properties.items() if "default" in shape}
    return {
        **schema,
        "properties": {
            name: {key: value for key, value in shape.items() if key != "default"} for name, shape in properties.items()
        },
        "required": [name for name in properties if name in required],
    }


def _reached(components: dict[str, Any], holders: Iterable[Any]) -> set[str]:
    """The names of components that these lead to, however far."""
    reached: set[str] = set()
    waiting = list(_references(list(holders)))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _references(components[name])
    return reached


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _references(member)

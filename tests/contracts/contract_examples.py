"""A contract that is right, to break one thing in."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract

PLACE = "schemas/contracts/example.odcs.yaml"

_DOCUMENT: dict[str, Any] = {
    "apiVersion": "v3.2.0",
    "kind": "DataContract",
    "id": "example",
    "name": "Example",
    "version": "1.0.0",
    "schema": [{"name": "example", "logicalType": "object", "properties": []}],
    "team": {
        "members": [
            {
                "username": "ines.moreau@maison-lumiere.example",
                "name": "Inès Moreau",
                "role": "marketing owner",
            },
            {"username": "hugo.lefebvre@maison-lumiere.example", "role": "technical owner"},
        ]
    },
    "customProperties": [{"property": "martechMatch", "value": [{"kind": "track", "event": "Example"}]}],
}


def document(
    properties: Sequence[Mapping[str, Any]] = (), *, closed: bool = False, **keys: Any
) -> dict[str, Any]:
    """Returns a contract with these properties of its payload; keys replace those at its root, None removes one."""
    whole = deepcopy(_DOCUMENT)
    whole["schema"][0]["properties"] = [dict(stated) for stated in properties]
    if closed:
        whole["customProperties"].append({"property": "martechClosed", "value": True})
    whole |= keys
    return {key: value for key, value in whole.items() if value is not None}


def contract(*properties: Mapping[str, Any], closed: bool = False, **keys: Any) -> Contract:
    """Returns the compiled contract with these properties."""
    return compile_contract(PLACE, document(properties, closed=closed, **keys))


def stated(name: str, logical_type: str, required: bool = False, **keys: Any) -> dict[str, Any]:
    """Returns one property; keys that are no keys of a property are its logicalTypeOptions."""
    own = {
        "enum",
        "items",
        "properties",
        "map",
        "customProperties",
        "primaryKey",
        "unique",
        "examples",
        "quality",
    }
    options = {key: value for key, value in keys.items() if key not in own}
    found: dict[str, Any] = {"name": name, "logicalType": logical_type, "required": required}
    if "enum" in keys:
        found["enum"] = [{"value": value} for value in keys.pop("enum")]
    found |= {key: value for key, value in keys.items() if key in own}
    return found | ({"logicalTypeOptions": options} if options else {})


def accepts(compiled: Contract, payload: bytes) -> bool:
    """Tells whether the fast path takes the payload; what it raises beside its promise is a failure."""
    try:
        compiled.fast(payload)
    except (ValueError, RecursionError):
        # msgspec.DecodeError is a ValueError.
        return False
    return True


def told(compiled: Contract, payload: bytes, root: str = "$") -> list[str]:
    """Returns the findings of the exact path, one line each."""
    return [
        f"{one.kind.value} {one.rule} {one.path}: {one.expected} / {one.came}"
        for one in compiled.exact(payload, root)
    ]

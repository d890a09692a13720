"""The values that a contract shows, held to the contract itself: its examples and the words of its enums."""

from collections.abc import Iterable, Mapping
from typing import Any

from observer.contracts import vocabulary
from observer.contracts.json_schema import without_null, written
from observer.contracts.report import Place, Report, shown
from observer.contracts.shape import Shape
from observer.contracts.validators import validator
from observer.messages import Words


def check_samples(shapes: Iterable[tuple[Place, Mapping[str, Any], Shape]], report: Report) -> None:
    """Tells `report` each example and each enum value that its own property would refuse.

    shapes: every property with its place and its words in the document. Null is no value, so an enum may not
    list it.
    """
    for at, stated, shape in shapes:
        if shape.enum and shape.type not in {*vocabulary.TEXTUAL, *vocabulary.NUMERIC, "boolean"}:
            report.add((*at, "enum"), Words("contract.expected.scalar_enum"), shown(shape.type))
            continue
        places = [((*at, "enum", index, "value"), value) for index, value in enumerate(shape.enum)]
        _check(shape._replace(enum=()), places, report)
        examples = stated.get("examples") or ()
        _check(shape, [((*at, "examples", index), value) for index, value in enumerate(examples)], report)


def _check(shape: Shape, places: list[tuple[Place, Any]], report: Report) -> None:
    if not places or (_takes_all_text(shape) and all(isinstance(value, str) for _, value in places)):
        return
    schema = written(shape)
    accepting = validator(without_null(schema.schema))
    for at, value in places:
        error = next(accepting.iter_errors(value), None)
        if error is not None:
            rule = schema.rules.get(tuple(error.schema_path))
            asked = rule.expected if rule else str(error.kind.name)
            report.add(at, Words("contract.expected.own_rule", {"rule": asked}), shown(value))


def _takes_all_text(shape: Shape) -> bool:
    # A validator for each list of words would be a tenth of the time that a catalog takes to load.
    return shape.type == "string" and not shape.options and not shape.enum

"""The names of settings, and of the variables of the environment that hold them."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from observer.settings.sections import Section
from observer.settings.whole import Settings

PREFIX: Final = "MARTECH_"
KEY_PREFIX: Final = "MARTECH_KEY_"
"""Variables that hold the keys of sources. They are no settings: schemas/sources names them."""

NESTED: Final = "__"
IN_FILE_ONLY: Final = "write_keys"
"""In the environment, each source names the variable of its own key."""


def variable(name: str) -> str:
    """Returns the variable of a setting."""
    return PREFIX + name.replace(".", NESTED).upper()


def sections(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[tuple[str, type[Section]]]:
    """Yields every section below a model, those within it behind it, by its full name."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield prefix + name, field.annotation
            yield from sections(field.annotation, f"{prefix}{name}.")


def names() -> Iterator[str]:
    """Yields the full name of every setting that a variable can hold."""
    known = dict(sections())
    models: dict[str, type[Section]] = {
        "": Settings,
        **{f"{name}.": section for name, section in known.items()},
    }
    for prefix, model in models.items():
        for name in model.model_fields:
            if prefix + name not in known and name != IN_FILE_ONLY:
                yield prefix + name

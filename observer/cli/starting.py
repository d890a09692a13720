"""What a new catalog begins with: a starter with comments, and what every company shares."""

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from observer.building.layout import CAPABILITIES, FINGERPRINTS
from observer.catalog import Catalog
from observer.documents import checked, read_yaml
from observer.loader import example_folder, load
from observer.tools.declarations import Fingerprints


def write_starter(folder: Path) -> None:
    """Writes a minimal catalog to `folder`. Raises OSError where it cannot be written.

    Capabilities and fingerprints are those of the example company: how SDKs and vendors call themselves is the same
    for everyone.
    """
    shutil.copytree(Path(str(files("observer"))) / "cli" / "starter", folder, dirs_exist_ok=True)
    example = example_folder()
    shutil.copyfile(example / CAPABILITIES, folder / CAPABILITIES)
    (folder / FINGERPRINTS).write_text(_for_anyone(example), "utf-8")


def _for_anyone(example: Path) -> str:
    """The example's fingerprints, with the tools among `tools` that otherwise only its own tools.yaml declares."""
    text = (example / FINGERPRINTS).read_text("utf-8")
    head, tools, tail = text.partition("\ntools:\n")
    entries = "".join(f"{entry}\n" for entry in _entries(load(example), text))
    return f"{head}{tools}{entries}{tail}"


def _entries(catalog: Catalog, text: str) -> Iterator[str]:
    declared = checked(Fingerprints, FINGERPRINTS, read_yaml(FINGERPRINTS, text.encode()).value)
    listed = {tool.id for tool in declared.tools}
    for tool in catalog.tools.values():
        if tool.recognisable and tool.id not in listed:
            parts = {"id": tool.id, "title": tool.title, "vendor": tool.vendor, "capability": tool.capability}
            yield "  - " + json.dumps(parts, ensure_ascii=False)

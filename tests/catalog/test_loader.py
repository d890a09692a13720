"""Reading a folder, and reading it again."""

import os
from pathlib import Path

import pytest

from observer.clock import ManualClock
from observer.documents import Size
from observer.errors import CatalogError
from observer.loader import Holder, LoadLimits, example_folder, load


def said(folder: Path, limits: LoadLimits = LoadLimits()) -> str:  # noqa: B008
    with pytest.raises(CatalogError) as caught:
        load(folder, limits)
    return caught.value.told()


def broken(schemas: Path) -> None:
    (schemas / "company.yaml").write_text("name: ]", "utf-8")


def test_no_such_folder(schemas: Path) -> None:
    assert said(Path("schema")) == "schema: expected a folder with a catalog, got nothing"
    assert said(schemas / "company.yaml").startswith("schemas/company.yaml: expected a folder with a catalog")


def test_a_file_beyond_its_limit(schemas: Path) -> None:
    small = LoadLimits(written=Size(bytes=600), vendor_list=Size(bytes=100))
    assert said(schemas, small).split("\n") == [
        "schemas/consent/vendor-lists/version-7.json: expected at most 100 bytes, got more",
        "schemas/contracts/order-completed.odcs.yaml: expected at most 600 bytes, got more. Split the file.",
        "schemas/tools/tools.yaml: expected at most 600 bytes, got more. Split the file.",
    ]


def test_a_large_vendor_list_is_not_bound_by_what_people_write(schemas: Path) -> None:
    vendors = ",".join(f'"{number}": {{"name": "{"x" * 12_500}"}}' for number in range(1, 1500))
    text = f'{{"vendorListVersion": 7, "vendors": {{{vendors}}}}}'
    (schemas / "consent/vendor-lists/version-7.json").write_text(text, "utf-8")
    assert load(schemas)


def test_too_many_files(schemas: Path) -> None:
    assert said(schemas, LoadLimits(files=3)) == "schemas: expected at most 3 files, got more"


def test_a_pipe_is_not_waited_for(schemas: Path) -> None:
    os.mkfifo(schemas / "sources/till.yaml")
    assert said(schemas) == (
        "schemas/sources/till.yaml: expected a file that can be read, got something that is no file"
    )


def test_a_name_that_is_no_text(schemas: Path) -> None:
    Path(os.fsdecode(b"schemas/sources/t\xff\nll.yaml")).touch()
    assert said(schemas) == (
        "schemas/sources/t??ll.yaml: expected a name in lower case, its words joined by hyphens, that ends in "
        ".yaml, got `t??ll.yaml`. Did you mean `t-ll.yaml`?"
    )


def test_a_link_that_leads_round_in_circles(schemas: Path) -> None:
    (schemas / "sources/again").symlink_to("..")
    assert "expected a folder that the catalog knows, got `sources/again`" in said(schemas)


def test_a_link_to_nothing(schemas: Path) -> None:
    (schemas / "sources/till.yaml").symlink_to("nowhere.yaml")
    assert said(schemas) == (
        "schemas/sources/till.yaml: expected a file that can be read, got No such file or directory"
    )


def test_a_folder_of_links_is_read(schemas: Path, tmp_path: Path) -> None:
    digest = load(schemas).digest
    (schemas / "sources").rename(tmp_path / "elsewhere")
    (schemas / "sources").symlink_to(tmp_path / "elsewhere")
    assert load(schemas).digest == digest


def test_notes_and_hidden_files_are_no_part(schemas: Path) -> None:
    digest = load(schemas).digest
    for name in (
        "sources/README.md",
        "sources/.web-shop.yaml.swp",
        "notes.txt",
        ".git/config",
        "glossary/README.md",
    ):
        (schemas / name).parent.mkdir(exist_ok=True)
        (schemas / name).write_text("?", "utf-8")
    assert load(schemas).digest == digest


def test_flows_contracts_and_vendor_lists_may_be_left_out(schemas: Path) -> None:
    for folder in ("flows", "contracts", "consent/vendor-lists"):
        for file in (schemas / folder).iterdir():
            file.unlink()
        (schemas / folder).rmdir()
    catalog = load(schemas)
    assert not catalog.flows
    assert not catalog.contracts


def test_the_first_load_must_succeed(schemas: Path) -> None:
    broken(schemas)
    with pytest.raises(CatalogError):
        Holder(schemas, ManualClock())


def test_a_wrong_file_leaves_the_old_catalog_in_force(schemas: Path) -> None:
    clock = ManualClock(1000.0)
    holder = Holder(schemas, clock)
    before = holder.catalog
    broken(schemas)
    clock.advance(60)

    assert holder.reload() is False
    assert holder.catalog is before
    assert not holder.state.success
    assert (holder.state.loaded, holder.state.tried) == (1000.0, 1060.0)
    assert holder.state.problems[0].told().startswith("schemas/company.yaml:1: expected well-formed YAML")


def test_a_mended_file_comes_into_force(schemas: Path) -> None:
    clock = ManualClock(1000.0)
    holder = Holder(schemas, clock)
    before = holder.catalog
    broken(schemas)
    holder.reload()
    (schemas / "company.yaml").write_text("{name: Another, country: FR, currency: EUR}", "utf-8")
    clock.advance(60)

    assert holder.reload() is True
    assert holder.catalog.company == "Another"
    assert before.company == "Maison Lumière"
    assert holder.state.success
    assert (holder.state.loaded, holder.state.tried) == (1060.0, 1060.0)


def test_a_folder_that_is_gone_leaves_the_old_catalog_in_force(schemas: Path) -> None:
    holder = Holder(schemas, ManualClock())
    schemas.rename("gone")
    assert holder.changed()
    assert holder.reload() is False
    assert holder.catalog.sources


def test_changes_are_seen_once_they_are_not_yet_loaded(schemas: Path) -> None:
    holder = Holder(schemas, ManualClock())
    assert not holder.changed()
    (schemas / "README.md").write_text("a note", "utf-8")
    assert not holder.changed()
    for change in (broken, _add, _remove):
        change(schemas)
        assert holder.changed()
        holder.reload()
        assert not holder.changed()


def test_the_example_is_found() -> None:
    assert (example_folder() / "company.yaml").is_file()


def _add(schemas: Path) -> None:
    (schemas / "sources/till.yaml").write_text("id: till", "utf-8")


def _remove(schemas: Path) -> None:
    (schemas / "sources/till.yaml").unlink()

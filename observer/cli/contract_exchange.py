"""`observer contract import`, `export` and `infer`: contracts from elsewhere, for elsewhere, and out of traffic."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import yaml

from observer.cli.contract_files import read_contract
from observer.cli.language import current_language
from observer.contracts.compiled import Match
from observer.contracts.document import signed
from observer.contracts.exporting import FORMS, exported
from observer.contracts.importing import READERS, Imported, Lost, SourceFile, Wanted, imported
from observer.contracts.inferring import MINIMUM, Guess, Inferred, Learner, inferred, support, updated
from observer.dialects import DIALECTS
from observer.documents import Document, Size, located, read_json, read_yaml
from observer.errors import ContractError, InputError, Problem, literal
from observer.messages import Lang, Words, say, speak

if TYPE_CHECKING:
    from observer.cli.contract_traffic import Traffic

_PATH: Final = click.Path(path_type=Path)
_YAML: Final = frozenset({".yaml", ".yml"})
_READ: Final = _YAML | {".json", ".avsc"}
_IGLU_FOLDER: Final = "jsonschema"
"""Holds the versions of one schema, files without an ending, in repositories of Iglu schemas."""
_SIZE: Final = Size(bytes=20_000_000, values=2_000_000)
_WIDTH: Final = 110


def add_to(group: click.Group) -> None:
    """Adds the commands of this file to `observer contract`."""
    for command in (import_, export, infer):
        group.add_command(command)


def _forms(function: Callable[..., None]) -> Callable[..., None]:
    choice = click.Choice(["text", "json"])
    return click.option("--format", "form", type=choice, default="text", help="cli.format.help")(function)


@click.command("import", help="exchange.help.import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--from", "origin", type=click.Choice([*READERS]), required=True, help="exchange.help.from")
@click.option("--out", "folder", metavar="DIR", type=_PATH, required=True, help="exchange.help.out")
@click.option("--marketing-owner", default="", help="exchange.help.marketing_owner")
@click.option("--technical-owner", default="", help="exchange.help.technical_owner")
@click.option("--kind", default="", help="exchange.help.kind")
@click.option("--event", default="", help="exchange.help.event")
@click.option("--force", is_flag=True, help="exchange.help.force")
@_forms
def import_(
    files: tuple[Path, ...], origin: str, folder: Path, marketing_owner: str, technical_owner: str, kind: str,
    event: str, force: bool, form: str,
) -> None:  # fmt: skip
    """Writes a contract for each event that the files describe, and tells what has no equal."""
    wanted = Wanted(marketing_owner, technical_owner, kind, event)
    sources = [_source(path) for path in _walked(files)]
    made = imported(origin, sources, wanted)
    lang = current_language()
    header = say("exchange.file.imported", lang, origin=origin)
    written = write_contracts(folder, [one.document for one in made], header, force)
    if form == "json":
        told = [_imported_json(one, path, lang) for one, path in zip(made, written, strict=True)]
        click.echo(json.dumps({"contracts": told}, ensure_ascii=False))
        return
    for one in made:
        tell_lost(one.lost, lang, str(one.document["id"]))
    click.echo(say("exchange.done.import", lang, count=len(made), folder=folder), err=True)


@click.command("export", help="exchange.help.export")
@click.argument("file", metavar="FILE", type=_PATH)
@click.option("--to", "target", type=click.Choice(FORMS), required=True, help="exchange.help.to")
@click.option("--out", "out", metavar="FILE", type=_PATH, default=None, help="exchange.help.out_file")
@click.option("--vendor", default="", help="exchange.help.vendor")
@_forms
def export(file: Path, target: str, out: Path | None, vendor: str, form: str) -> None:
    """Prints or writes one contract in another form, and tells what has no equal there."""
    lang = current_language()
    document, stated = read_valid(file)
    try:
        found = exported(target, document.place, stated, lang, vendor)
    except ContractError as error:
        raise ContractError(located(one, document.lines) for one in error.problems) from None
    if out is not None:
        _write(out, found.text)
    if form == "json":
        lost = [_lost_json(one, lang) for one in found.lost]
        click.echo(json.dumps({"to": target, "text": found.text, "lost": lost}, ensure_ascii=False))
        return
    if out is None:
        click.echo(found.text, nl=False)
    tell_lost(found.lost, lang)


@click.command("infer", help="exchange.help.infer")
@click.argument("events", metavar="EVENTS...", nargs=-1, required=True)
@click.option("--dialect", type=click.Choice([*DIALECTS]), default=None, help="exchange.help.dialect")
@click.option("--out", "folder", metavar="DIR", type=_PATH, default=None, help="exchange.help.out_infer")
@click.option(
    "--update", "contract", metavar="CONTRACT", type=_PATH, default=None, help="exchange.help.update"
)
@click.option(
    "--minimum", type=click.IntRange(min=1), default=MINIMUM, show_default=True, help="exchange.help.minimum"
)
@click.option("--marketing-owner", default="", help="exchange.help.marketing_owner")
@click.option("--technical-owner", default="", help="exchange.help.technical_owner")
@click.option("--force", is_flag=True, help="exchange.help.force")
@_forms
def infer(
    events: tuple[str, ...], dialect: str | None, folder: Path | None, contract: Path | None, minimum: int,
    marketing_owner: str, technical_owner: str, force: bool, form: str,
) -> None:  # fmt: skip
    """Learns a contract for each event in the traffic, or what is new to one contract, and says what speaks for it."""
    # Reads events as a check does, which the other commands of this group need not wait for.
    from observer.cli.contract_traffic import learned

    lang = current_language()
    document = None if contract is None else read_valid(contract)[0]
    traffic = learned(events, dialect, None if document is None else _claims(document))
    if document is None:
        wanted = Wanted(marketing_owner, technical_owner)
        found = [*inferred(traffic.learner, traffic.dialect, wanted, minimum)]
        header = say("exchange.file.inferred", lang)
    else:
        found = [_change(document, traffic.learner, minimum, form, lang)]
        header = say("exchange.file.updated", lang)
    _tell_unlearned(traffic, lang)
    _tell_inferred(found, folder, header, force, form, lang)


def _claims(document: Document) -> Sequence[Match]:
    assert isinstance(document.value, dict)
    try:
        return signed(document.place, document.value).matches
    except ContractError as error:
        raise ContractError(located(one, document.lines) for one in error.problems) from None


def _change(document: Document, learner: Learner, minimum: int, form: str, lang: Lang) -> Inferred:
    """Returns the contract as it could be; the support is of what is new and of what was left to people."""
    assert isinstance(document.value, dict)
    lesson = next(iter(learner.lessons.values()), None)
    if lesson is None:
        expected = Words("exchange.expected.claimed")
        raise InputError(Problem(document.place, expected, Words("exchange.got.none")))
    update = updated(document.value, lesson, minimum)
    if form == "text" and not update.changes:
        click.echo(say("exchange.done.nothing_new", lang, file=document.place), err=True)
    guesses = (*update.changes, *update.left, *update.guesses)
    return Inferred(update.document, lesson.root.values, guesses)


def _tell_unlearned(traffic: "Traffic", lang: Lang) -> None:
    counts = {
        "undecodable": traffic.undecodable,
        "beyond": traffic.learner.beyond,
        "nameless": traffic.learner.nameless,
    }
    for name, count in counts.items():
        if count:
            click.echo(say(f"exchange.unlearned.{name}", lang, count=count), err=True)


def _tell_inferred(
    found: Sequence[Inferred], folder: Path | None, header: str, force: bool, form: str, lang: Lang
) -> None:
    paths = (
        []
        if folder is None
        else write_contracts(folder, [dict(one.document) for one in found], header, force)
    )
    if form == "json":
        told = [
            {"events": one.events, "contract": one.document, "support": _support(one, lang)} for one in found
        ]
        click.echo(json.dumps({"contracts": told}, ensure_ascii=False))
        return
    if folder is None:
        click.echo("---\n".join(contract_text(dict(one.document), header) for one in found), nl=False)
    for one in found:
        click.echo(
            say("exchange.done.inferred", lang, contract=one.document["id"], events=one.events), err=True
        )
        for guess in one.guesses:
            click.echo("  " + _guess_line(guess, lang), err=True)
    for path in paths:
        click.echo(say("exchange.done.written", lang, file=path), err=True)


def _guess_line(guess: Guess, lang: Lang) -> str:
    share = support(guess)["share"]
    counts = {"events": guess.events, "of": guess.of, "share": f"{share:.1%}"}
    return say("exchange.guess", lang, path=guess.path, what=guess.what, **counts)


def _support(one: Inferred, lang: Lang) -> list[dict[str, Any]]:
    return [
        {"path": guess.path, "code": guess.what.code, "message": speak(guess.what, lang), **support(guess)}
        for guess in one.guesses
    ]


def read_valid(file: Path) -> tuple[Document, dict[str, Any]]:
    """Returns a contract file and its mapping. Raises ContractError where its YAML cannot be read."""
    document = read_contract(file)
    if document.problems or not isinstance(document.value, dict):
        raise ContractError(document.problems)
    return document, document.value


def tell_lost(lost: Iterable[Lost], lang: Lang, contract: str = "") -> None:
    """Prints what has no equal to standard error, one a line."""
    for one in lost:
        place = f"{one.place} ({contract})" if contract else one.place
        click.echo(say("exchange.lost", lang, place=place, path=one.path, what=one.what), err=True)


def write_contracts(
    folder: Path, documents: Sequence[dict[str, Any]], header: str, force: bool
) -> list[Path]:
    """Writes each contract to `<id>.odcs.yaml` below `folder` and returns the files. header: its first comment.

    Raises InputError before anything is written where a file is already there, unless `force`.
    """
    paths = [folder / f"{document['id']}.odcs.yaml" for document in documents]
    for path in paths:
        if path.exists() and not force:
            mend = Words("exchange.mend.force")
            raise InputError(
                Problem(str(path), Words("exchange.expected.new_file"), Words("exchange.got.file"), mend=mend)
            )
    for path, document in zip(paths, documents, strict=True):
        _write(path, contract_text(document, header))
    return paths


def contract_text(document: dict[str, Any], header: str) -> str:
    """Returns a contract as YAML below a comment of one paragraph."""
    comment = "".join(f"# {line}\n" for line in header.splitlines())
    return comment + yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH)


class _Plain(yaml.SafeDumper):
    """Writes each value out where it stands: an alias would be read as a riddle."""

    def ignore_aliases(self, data: Any) -> bool:
        """Returns True."""
        return True


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise _refused(path, "exchange.expected.writable", error) from None


def _walked(files: Iterable[Path]) -> list[Path]:
    """Returns the files to read: those below a folder in the order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inner = sorted(one for one in path.rglob("*") if one.is_file())
            found += [one for one in inner if one.suffix in _READ or one.parent.name == _IGLU_FOLDER]
        else:
            found.append(path)
    if not found:
        raise InputError(Problem(str(files), Words("exchange.expected.files"), Words("exchange.got.none")))
    return found


def _source(path: Path) -> SourceFile:
    try:
        with path.open("rb") as file:
            data = file.read(_SIZE.bytes + 1)
    except OSError as error:
        raise _refused(path, "contract_cli.file", error) from None
    read = read_yaml if path.suffix in _YAML else read_json
    reading = read(path.as_posix(), data, _SIZE)
    if reading.problems:
        raise InputError(reading.problems)
    return SourceFile(path.as_posix(), reading.value)


def _refused(path: Path, code: str, error: OSError) -> InputError:
    return InputError(Problem(str(path), Words(code), literal(error.strerror or type(error).__name__)))


def _imported_json(one: Imported, path: Path, lang: Lang) -> dict[str, Any]:
    lost = [_lost_json(lost, lang) for lost in one.lost]
    return {"id": one.document["id"], "file": path.as_posix(), "lost": lost}


def _lost_json(one: Lost, lang: Lang) -> dict[str, Any]:
    return {"file": one.place, "path": one.path, "code": one.what.code, "message": speak(one.what, lang)}

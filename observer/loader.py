"""Reads a folder of declarations, and reads it again; a wrong file leaves the catalog before it in force."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

from observer.building import BuildLimits, build
from observer.building.layout import is_note, is_vendor_list, stray
from observer.catalog import Catalog
from observer.clock import Clock
from observer.documents import Document, Reading, Size, read_json, read_yaml
from observer.errors import CatalogError, Problem, literal
from observer.messages import Words
from observer.settings import Settings

EXAMPLE: Final = "schemas"


class LoadLimits(NamedTuple):
    """What bounds a folder. written: a file that people write; vendor_list: one that IAB Europe publishes; files:
    how many there may be; build: what bounds the catalog."""

    written: Size = Size()
    vendor_list: Size = Size(bytes=20_000_000)
    files: int = 5_000
    build: BuildLimits = BuildLimits()


DEFAULT_LIMITS: Final = LoadLimits()


def limits_of(settings: Settings) -> LoadLimits:
    """Returns what bounds a folder, as the settings say."""
    return LoadLimits(build=BuildLimits(settings.metrics.series, settings.metrics.rules_per_contract))


class LoadState(NamedTuple):
    """How the last attempt went. loaded: when the catalog in force was loaded; tried: when the last attempt was;
    problems: why it failed, or () where it did not. Times in seconds since the epoch."""

    loaded: float
    tried: float
    problems: tuple[Problem, ...] = ()

    @property
    def success(self) -> bool:
        """Whether the last attempt gave the catalog in force."""
        return not self.problems


def example_folder() -> Path:
    """Returns the folder of the example company: of the installed package, or of the checkout."""
    packaged = Path(str(files("observer").joinpath("demo", EXAMPLE)))
    return packaged if packaged.is_dir() else Path(str(files("observer"))).parent / EXAMPLE


def load(folder: Path, limits: LoadLimits = DEFAULT_LIMITS) -> Catalog:
    """Returns the catalog of a folder. Raises CatalogError with every problem that can be known at once."""
    with _uncollected():
        return build(read_folder(folder, limits), str(folder), limits.build)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pauses the collection of garbage: nearly all that loading makes is kept, and looking through it costs a sixth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read_folder(folder: Path, limits: LoadLimits = DEFAULT_LIMITS) -> list[Document]:
    """Returns the folder's files, parsed. A file that belongs nowhere or cannot be read comes with its problems.

    Raises CatalogError where there is no such folder, or too many files are in it.
    """
    return [_document(folder, name, limits) for name in _names(folder, limits)]


class Holder:
    """The catalog in force, and how its last reload went. Safe to read from any thread; one thread reloads."""

    def __init__(self, folder: Path, clock: Clock, limits: LoadLimits = DEFAULT_LIMITS) -> None:
        """Loads the folder. Raises CatalogError: without a first catalog there is nothing to fall back to."""
        self._folder = folder
        self._clock = clock
        self._limits = limits
        self._seen = self._stamps()
        self._catalog = load(folder, limits)
        now = clock.now()
        self._state = LoadState(now, now)

    @property
    def folder(self) -> Path:
        """The folder that is read."""
        return self._folder

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self._catalog

    @property
    def state(self) -> LoadState:
        """How the last attempt went."""
        return self._state

    def changed(self) -> bool:
        """Returns whether any file was added, removed or written since the last attempt."""
        return self._stamps() != self._seen

    def reload(self) -> bool:
        """Reads the folder again. Returns whether that gave a catalog, now in force; where not, the one before
        stays and `state` says why."""
        self._seen = self._stamps()
        now = self._clock.now()
        try:
            catalog = load(self._folder, self._limits)
        except CatalogError as error:
            self._state = LoadState(self._state.loaded, now, error.problems)
            return False
        self._catalog, self._state = catalog, LoadState(now, now)
        return True

    def _stamps(self) -> frozenset[tuple[str, int, int]]:
        try:
            return frozenset(_stamp(self._folder, name) for name in _names(self._folder, self._limits))
        except CatalogError:
            return frozenset()


def _stamp(folder: Path, name: str) -> tuple[str, int, int]:
    try:
        found = (folder / name).stat()
    except OSError:
        return name, 0, 0
    return name, found.st_mtime_ns, found.st_size


def _names(folder: Path, limits: LoadLimits) -> list[str]:
    """The files below a folder, sorted, with `/`; neither hidden ones nor notes for people."""
    if not folder.is_dir():
        expected = Words("layout.folder_of_catalog")
        raise CatalogError(Problem(str(folder), expected, Words("declaration.came.nothing")))
    names: list[str] = []
    for name in _walk(folder):
        names.append(name)
        if len(names) > limits.files:
            expected = Words("layout.files", {"files": limits.files})
            raise CatalogError(Problem(str(folder), expected, Words("layout.more_files")))
    return sorted(names)


def _walk(folder: Path) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        reason = literal(error.strerror or type(error).__name__)
        raise CatalogError(Problem(str(error.filename or folder), Words("layout.readable"), reason))

    for inner, folders, found in os.walk(folder, onerror=refuse, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(inner).relative_to(folder)
        for file in found:
            name = (below / file).as_posix()
            if not is_note(name):
                yield name


def _document(folder: Path, name: str, limits: LoadLimits) -> Document:
    # A file's name may hold anything but a slash: a line break, or bytes that are no text.
    place = f"{folder}/" + "".join(letter if letter.isprintable() else "?" for letter in name)
    wrong = stray(name)
    if wrong is not None:
        return Document(
            name, place, None, problems=(Problem(place, wrong.expected, wrong.got, mend=wrong.mend),)
        )
    reading = _read(folder / name, place, name, limits)
    return Document(name, place, reading.value, reading.lines, reading.problems)


def _read(path: Path, place: str, name: str, limits: LoadLimits) -> Reading:
    size = limits.vendor_list if is_vendor_list(name) else limits.written
    if path.exists() and not path.is_file():
        # Opening a pipe would wait for whoever writes to it.
        return Reading(None, {}, (Problem(place, Words("layout.readable"), Words("layout.no_file")),))
    try:
        with path.open("rb") as file:
            data = file.read(size.bytes + 1)
    except OSError as error:
        reason = literal(error.strerror or type(error).__name__)
        return Reading(None, {}, (Problem(place, Words("layout.readable"), reason),))
    return read_json(place, data, size) if is_vendor_list(name) else read_yaml(place, data, size)

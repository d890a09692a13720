"""Problems of many steps, kept until all of them are known."""

from collections.abc import Callable, Iterable, Mapping
from typing import ParamSpec, TypeVar

from observer.documents import Document, located
from observer.errors import CatalogError, Problem

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Gathered:
    """The problems found so far, each once, each with the line of its file where that is known."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._lines: dict[str, Mapping[str, int]] = {document.place: document.lines for document in documents}
        self._problems: dict[tuple[str, str, str, str], Problem] = {}

    def add(self, problems: Iterable[Problem]) -> None:
        """Keeps problems."""
        for problem in problems:
            with_line = located(problem, self._lines.get(problem.place, {}))
            said = (with_line.place, problem.path, str(problem.expected), str(problem.got))
            self._problems.setdefault(said, with_line)

    def attempt(self, make: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs) -> Made | None:
        """Returns what `make` returns, or None where it raises CatalogError, whose problems are kept."""
        try:
            return make(*args, **kwargs)
        except CatalogError as error:
            self.add(error.problems)
            return None

    def refuse(self) -> None:
        """Raises CatalogError where there is any problem, in the order of places."""
        if self._problems:
            raise CatalogError(self._problems.values())

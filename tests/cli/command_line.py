"""What running the command line gives."""

from typing import NamedTuple, Protocol


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Shell(Protocol):
    def __call__(self, *arguments: str, lang: str = "en") -> Ran: ...

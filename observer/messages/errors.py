"""The grammar of every error: where, what was expected, what came, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "error.problem": Text(
        "{place}: expected {expected}, got {got}",
        "{place} : attendu : {expected} ; reçu : {got}",
    ),
    "error.at": Text(" - at `{path}`", " - à `{path}`"),
    "error.did_you_mean": Text("Did you mean `{word}`?", "Vouliez-vous dire `{word}` ?"),
    "error.literal": Text("{text}", "{text}"),
}

"""Ownership: what a contract, a source or a tool lacks."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "ownership.gap.contract": Text("contract {id}: lacks {part}.", "contrat {id} : il manque {part}."),
    "ownership.gap.source": Text("source {id}: lacks {part}.", "source {id} : il manque {part}."),
    "ownership.gap.tool": Text("tool {id}: lacks {part}.", "outil {id} : il manque {part}."),
    "ownership.marketing_owner": Text("a marketing owner", "un responsable marketing"),
    "ownership.technical_owner": Text("a technical owner", "un responsable technique"),
    "ownership.marketing_channel": Text(
        "an e-mail or web address by which to reach its marketing owner",
        "une adresse e-mail ou web pour joindre son responsable marketing",
    ),
    "ownership.technical_channel": Text(
        "an e-mail or web address by which to reach its technical owner",
        "une adresse e-mail ou web pour joindre son responsable technique",
    ),
    "ownership.review": Text(
        "a day still to come on which its owners look at it again (`reviewBy`)",
        "un jour à venir où ses responsables le réexaminent (`reviewBy`)",
    ),
}

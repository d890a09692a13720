"""`observer contract`: help and results."""

from collections.abc import Mapping
from typing import Final

from observer.messages import contract_diff
from observer.messages.text import Text

_COMMANDS: Final[Mapping[str, Text]] = {
    "contract_cli.help.group": Text(
        "Check contracts, compare their versions, bring them in from other formats and out to them.",
        "Vérifier des contrats, comparer leurs versions, les importer d’autres formats et les y exporter.",
    ),
    "contract_cli.help.lint": Text(
        "Check each FILE as a contract: the Open Data Contract Standard, two owners, the events it claims, rules that "
        "hold together. Lists what it promises and the observer does not check. Exits 0 where all are clean, 1 where "
        "something is wrong, 2 where a file cannot be read.",
        "Vérifier chaque FILE comme un contrat : l’Open Data Contract Standard, deux responsables, les événements "
        "couverts, des règles cohérentes. Énumère ce qui est promis mais que l’observateur ne contrôle pas. Code de "
        "sortie : 0 si tout est en ordre, 1 s’il y a une erreur, 2 si un fichier est illisible.",
    ),
    "contract_cli.help.standard_only": Text(
        "Ask for the standard alone: a table or a list of servers passes without owners and events.",
        "N’exiger que le standard : une table ou une liste de serveurs passe sans responsables ni événements.",
    ),
    "contract_cli.lint.clean": Text("{file}: clean.", "{file} : rien à signaler."),
    "contract_cli.lint.problems": Text("{file}: problems: {count}.", "{file} : problèmes : {count}."),
    "contract_cli.lint.not_run": Text("{place}: {what} - at `{path}`", "{place} : {what} - à `{path}`"),
    "contract_cli.file": Text("a file that can be read", "un fichier lisible"),
}

TEXTS: Final[Mapping[str, Text]] = {**_COMMANDS, **contract_diff.TEXTS}

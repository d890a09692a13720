"""Findings of contracts: what broke, an example, how to mend it. Explanations of verdicts stand here too."""

from collections.abc import Mapping
from typing import Final

from observer.messages import contract_documents, contract_explanations
from observer.messages.text import Text

_FINDINGS: Final[Mapping[str, Text]] = {
    "finding.unexpected_event": Text(
        "{path}: expected {expected}, got {came}", "{path} : attendu : {expected} ; reçu : {came}"
    ),
    "finding.unexpected_property": Text(
        "{path}: {came}; the contract is closed and allows {expected} only",
        "{path} : {came} ; le contrat est fermé et n’admet que {expected}",
    ),
    "finding.missing_required": Text(
        "{path}: required ({expected}), got {came}", "{path} : obligatoire ({expected}) ; reçu : {came}"
    ),
    "finding.type_mismatch": Text(
        "{path}: expected {expected}, got {came}", "{path} : attendu : {expected} ; reçu : {came}"
    ),
    "finding.out_of_constraint": Text(
        "{path}: expected {expected}, got another {came}",
        "{path} : attendu : {expected} ; reçu : autre {came}",
    ),
    "finding.wrong_format": Text(
        "{path}: expected {expected}, got a {came} that differs",
        "{path} : attendu : {expected} ; reçu : {came} d’une autre forme",
    ),
    "finding.wrong_version": Text(
        "{path}: expected {expected}, got {came}",
        "{path} : attendu : {expected} ; reçu : {came}",
    ),
    "finding.undecodable": Text(
        "{path}: expected {expected}, got {came}; nothing could be read",
        "{path} : attendu : {expected} ; reçu : {came} ; rien n’a pu être lu",
    ),
    "finding.not_checked": Text(
        "{path}: not checked; expected {expected}, got {came}",
        "{path} : non contrôlé ; attendu : {expected} ; reçu : {came}",
    ),
    "kind.unexpected_event": Text("Unexpected event", "Événement inattendu"),
    "kind.unexpected_property": Text("Unexpected property", "Propriété inattendue"),
    "kind.missing_required": Text("Missing required property", "Propriété obligatoire absente"),
    "kind.type_mismatch": Text("Wrong type", "Type incorrect"),
    "kind.out_of_constraint": Text("Value out of constraint", "Valeur hors contrainte"),
    "kind.wrong_format": Text("Wrong format", "Format incorrect"),
    "kind.wrong_version": Text("Wrong version", "Version incorrecte"),
    "kind.undecodable": Text("Undecodable", "Illisible"),
    "kind.not_checked": Text("Not checked", "Non contrôlé"),
}

TEXTS: Final[Mapping[str, Text]] = {
    **_FINDINGS,
    **contract_explanations.TEXTS,
    **contract_documents.TEXTS,
}

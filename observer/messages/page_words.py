"""Verdicts, states, reasons and kinds, as the page names them."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    # Verdicts, states and kinds in words.
    "page.verdict.undecodable": Text("Undecodable", "Indéchiffrable"),
    "page.verdict.duplicate": Text("Duplicate", "Doublon"),
    "page.verdict.unknown_contract": Text("Unknown contract", "Contrat inconnu"),
    "page.verdict.unvalidated": Text("Not checked", "Non vérifié"),
    "page.verdict.invalid": Text("Invalid", "Invalide"),
    "page.verdict.valid": Text("Valid", "Valide"),
    "page.state.granted": Text("Granted", "Accordé"),
    "page.state.denied": Text("Refused", "Refusé"),
    "page.state.missing": Text("No choice yet", "Sans choix"),
    "page.state.expired": Text("Expired", "Expiré"),
    "page.state.malformed": Text("Unreadable", "Illisible"),
    "page.state.unknown": Text("Not judged", "Non jugé"),
    "page.state.exempt": Text("Exempt", "Exempté"),
    "page.state.not_applicable": Text("Not concerned", "Non concerné"),
    "page.reason_count": Text("{reason}: {count}", "{reason} : {count}"),
    "page.stage.created_to_sent": Text(
        "On the device: created to sent", "Sur l’appareil : de la création à l’envoi"
    ),
    "page.stage.received_to_observed": Text(
        "On servers: received to observed", "Sur les serveurs : de la réception à l’observation"
    ),
    "page.stage.end_to_end": Text("End to end: the sum of both", "De bout en bout : la somme des deux"),
    "page.direction.ahead": Text("Ahead", "En avance"),
    "page.direction.behind": Text("Behind", "En retard"),
    "page.tool_state.undeclared": Text("Seen, not declared", "Observé, non déclaré"),
    "page.tool_state.idle": Text("Declared, not seen", "Déclaré, non observé"),
    "page.tool_state.untraceable": Text("Declared, leaves no trace", "Déclaré, sans trace"),
    "page.tool_state.seen": Text("Declared and seen", "Déclaré et observé"),
    "page.pulse.silent": Text("Silent", "Muette"),
    "page.pulse.never": Text("No event yet", "Pas encore d’événement"),
    "page.no_contract": Text("No contract", "Aucun contrat"),
    "page.other_tools": Text("Other tools", "Autres outils"),
    "page.source.undeclared": Text("Not declared today", "Non déclarée aujourd’hui"),
    "page.kind.unexpected_event": Text("Unexpected event", "Événement inattendu"),
    "page.kind.unexpected_property": Text("Unexpected property", "Propriété inattendue"),
    "page.kind.missing_required": Text("Required, missing", "Obligatoire, absent"),
    "page.kind.type_mismatch": Text("Wrong type", "Mauvais type"),
    "page.kind.out_of_constraint": Text("Out of bounds", "Hors limites"),
    "page.kind.wrong_format": Text("Wrong format", "Mauvais format"),
    "page.kind.wrong_version": Text("Wrong version", "Mauvaise version"),
    "page.kind.undecodable": Text("Undecodable", "Indéchiffrable"),
    "page.kind.not_checked": Text("Not checked", "Non vérifié"),
}

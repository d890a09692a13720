"""The page that explains a consent decision."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "page.explain": Text(
        "Why may a destination use an event?", "Pourquoi une destination peut-elle utiliser un événement ?"
    ),
    "page.explain.why": Text(
        "Paste what a consent platform wrote, or choose an event of the quarantine: each step of the decision is told, with the rule that it follows.",
        "Collez ce qu’a écrit une plateforme de consentement, ou choisissez un événement de la quarantaine : chaque étape de la décision est dite, avec la règle qu’elle suit.",
    ),
    "page.explain.back": Text("Back to the figures", "Retour aux chiffres"),
    "page.explain.text": Text("Consent signals, one a line", "Signaux de consentement, un par ligne"),
    "page.explain.text.hint": Text(
        "A TC or GPP string, 1YNN, G111, a gcd, a consent object, cookies or an address with its parameters. It is read and forgotten: not shown again, not stored, not logged.",
        "Une chaîne TC ou GPP, 1YNN, G111, un gcd, un objet de consentement, des cookies ou une adresse avec ses paramètres. Le texte est lu puis oublié : ni réaffiché, ni conservé, ni journalisé.",
    ),
    "page.explain.event": Text("Or an event of the quarantine", "Ou un événement de la quarantaine"),
    "page.explain.event.none": Text("None: what is pasted", "Aucun : le texte collé"),
    "page.explain.source": Text("Source", "Source"),
    "page.explain.destination": Text("Destination", "Destination"),
    "page.explain.destination.all": Text("All that the source feeds", "Toutes celles de la source"),
    "page.explain.kind": Text("Format", "Format"),
    "page.explain.kind.shape": Text("Told by its shape", "D’après sa forme"),
    "page.explain.day": Text(
        "Day of the event (today if empty)", "Jour de l’événement (aujourd’hui si vide)"
    ),
    "page.explain.show": Text("Explain", "Expliquer"),
    "page.explain.steps": Text("Step by step ({count})", "Étape par étape ({count})"),
    "page.explain.rule": Text("Rule: {authority}.", "Règle : {authority}."),
    "page.explain.tone.good": Text("Holds: ", "Respecté : "),
    "page.explain.tone.bad": Text("Fails: ", "Non respecté : "),
    "page.explain.tone.told": Text("Note: ", "À noter : "),
    "page.explain.expected.day": Text("a date such as 2026-11-22", "une date comme 2026-11-22"),
}

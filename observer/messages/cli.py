"""The command line: help, progress, results."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "cli.help": Text(
        "Observe marketing tracking events: are they right, lawful, on time, and which tools do they feed?",
        "Observer les événements marketing : sont-ils justes, licites, à l’heure, et quels outils alimentent-ils ?",
    ),
    "cli.lang.help": Text("Language of words for people.", "Langue des textes destinés aux personnes."),
    "cli.format.help": Text("Form of the output.", "Forme de la sortie."),
    "cli.config.help": Text("Settings file (YAML).", "Fichier de réglages (YAML)."),
    "cli.explain.help": Text(
        "Say what a code means, with an example and how to mend it. Without a code, list them all.",
        "Dire ce que signifie un code, avec un exemple et la correction. Sans code, tous les lister.",
    ),
    "cli.explain.expected": Text("a code that `observer explain` lists", "un code que liste `observer explain`"),
    "cli.explain.what": Text("What it means", "Ce que cela signifie"),
    "cli.explain.example": Text("Example", "Exemple"),
    "cli.explain.mend": Text("How to mend it", "Comment le corriger"),
    "cli.run.help": Text(
        "Run the collector, the engine, the windows, the metrics and the page in one process.",
        "Lancer le collecteur, le moteur, les fenêtres, les métriques et la page en un seul processus.",
    ),
    "cli.run.port": Text("Port; a busy one is an error.", "Port ; s’il est occupé, c’est une erreur."),
    "cli.run.host": Text("Address to listen on.", "Adresse d’écoute."),
    "cli.run.catalog": Text(
        "Folder of the company’s declarations; without it, the example company.",
        "Dossier des déclarations de l’entreprise ; sans lui, l’entreprise d’exemple.",
    ),
    "cli.run.state": Text(
        "Folder of the store and the quarantine.", "Dossier des fenêtres conservées et de la quarantaine."
    ),
    "cli.run.page": Text("Page: {address}", "Page : {address}"),
    "cli.run.metrics": Text("Metrics: {address}", "Métriques : {address}"),
    "cli.run.example": Text(
        "No catalog was named, so the example company is loaded, with keys made for this run:",
        "Aucun catalogue n’a été indiqué : l’entreprise d’exemple est chargée, avec des clés créées pour cette "
        "exécution :",
    ),
    "cli.run.sources": Text("Sources and where they send:", "Les sources et où elles envoient :"),
    "cli.run.key": Text("key {key}", "clé {key}"),
    "cli.run.key_from": Text("key from ${variable}", "clé lue dans ${variable}"),
    "cli.run.app_id": Text("app id {identifiers}, no key", "identifiant d’application {identifiers}, sans clé"),
    "cli.run.port_expected": Text("a free port", "un port libre"),
    "cli.run.port_busy": Text("port {port}, which another program uses", "port {port}, déjà utilisé par un autre programme"),
    "cli.run.port_mend": Text("Choose another with --port.", "Choisissez-en un autre avec --port."),
    "cli.run.token": Text(
        "a page token when the address is not localhost",
        "un jeton pour la page lorsque l’adresse n’est pas localhost",
    ),
    "cli.run.token_mend": Text(
        "Set MARTECH_PAGE_TOKEN, or listen on 127.0.0.1.",
        "Définissez MARTECH_PAGE_TOKEN, ou écoutez sur 127.0.0.1.",
    ),
}

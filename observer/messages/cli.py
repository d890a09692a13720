"""The command line: help, progress, results."""

from collections.abc import Mapping
from typing import Final

from observer.messages.explained import RULES_AND_TOOLS
from observer.messages.text import Text

_COMMANDS: Final[Mapping[str, Text]] = {
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
    "cli.explain.expected": Text(
        "a code that `observer explain` lists", "un code que liste `observer explain`"
    ),
    "cli.explain.mend_list": Text(
        "`observer explain` without a code lists them all.", "`observer explain` sans code les liste tous."
    ),
    "cli.explain.malformed": Text(
        "A consent signal came that cannot be read, because of this: {why}. What cannot be read is never a yes.",
        "Un signal de consentement est arrivé illisible, à cause de ceci : {why}. Ce qui ne se lit pas ne vaut jamais "
        "un oui.",
    ),
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
    "cli.run.kafka": Text(
        "Judge nothing: hand each request to the topic of its source, where `observer stream` judges it.",
        "Ne rien juger : remettre chaque requête au topic de sa source, où `observer stream` la juge.",
    ),
    "cli.run.to_kafka": Text(
        "Requests go to Kafka at {bootstrap}; the page is that of the workers.",
        "Les requêtes vont à Kafka, {bootstrap} ; la page est celle des processus de jugement.",
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
    "cli.run.app_id": Text(
        "app id {identifiers}, no key", "identifiant d’application {identifiers}, sans clé"
    ),
    "cli.run.port_expected": Text("a free port", "un port libre"),
    "cli.run.port_busy": Text(
        "port {port}, which another program uses", "port {port}, déjà utilisé par un autre programme"
    ),
    "cli.run.port_mend": Text("Choose another with --port.", "Choisissez-en un autre avec --port."),
    "cli.run.host_expected": Text("an address of this machine", "une adresse de cette machine"),
    "cli.run.host_unknown": Text("`{host}`, which is none", "`{host}`, qui n’en est pas une"),
    "cli.run.host_mend": Text(
        "Choose one with --host; 127.0.0.1 always works.",
        "Choisissez-en une avec --host ; 127.0.0.1 convient toujours.",
    ),
    "cli.run.token": Text(
        "a page token when the address is not localhost",
        "un jeton pour la page lorsque l’adresse n’est pas localhost",
    ),
    "cli.run.token_mend": Text(
        "Set MARTECH_PAGE_TOKEN, or listen on 127.0.0.1.",
        "Définissez MARTECH_PAGE_TOKEN, ou écoutez sur 127.0.0.1.",
    ),
}

_USAGE: Final[Mapping[str, Text]] = {
    "cli.usage.usage": Text("Usage:", "Utilisation :"),
    "cli.usage.options": Text("Options:", "Options :"),
    "cli.usage.commands": Text("Commands:", "Commandes :"),
    "cli.usage.arguments": Text("Arguments:", "Arguments :"),
    "cli.usage.help": Text("Show this help and exit.", "Afficher cette aide et quitter."),
    "cli.usage.version": Text("Show the version and exit.", "Afficher la version et quitter."),
    "cli.usage.default": Text("default: {value}", "par défaut : {value}"),
    "cli.usage.required": Text("required", "obligatoire"),
    "cli.usage.metavar.options": Text("[OPTIONS]", "[OPTIONS]"),
    "cli.usage.metavar.command": Text("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]..."),
    "cli.usage.metavar.text": Text("TEXT", "TEXTE"),
    "cli.usage.metavar.integer": Text("INTEGER", "ENTIER"),
    "cli.usage.metavar.number": Text("NUMBER", "NOMBRE"),
    "cli.usage.metavar.file": Text("FILE", "FICHIER"),
    "cli.usage.metavar.folder": Text("FOLDER", "DOSSIER"),
    "cli.usage.metavar.path": Text("PATH", "CHEMIN"),
    "cli.usage.understood": Text(
        "a command line that can be understood", "une ligne de commande compréhensible"
    ),
    "cli.usage.command": Text(
        "a command that `{command} --help` lists", "une commande que liste `{command} --help`"
    ),
    "cli.usage.option": Text(
        "an option that `{command} --help` lists", "une option que liste `{command} --help`"
    ),
    "cli.usage.no_more": Text("no further argument", "aucun autre argument"),
    "cli.usage.more": Text("one more", "un de plus"),
    "cli.usage.no_value": Text("no value", "aucune valeur"),
    "cli.usage.value": Text("one", "une valeur"),
    "cli.usage.nothing": Text("nothing", "rien"),
    "cli.usage.other": Text("something else", "autre chose"),
    "cli.usage.one_of": Text("one of {words}", "un mot parmi {words}"),
    "cli.usage.between": Text(
        "a whole number from {least} to {most}", "un nombre entier de {least} à {most}"
    ),
    "cli.usage.at_least": Text("a whole number of at least {least}", "un nombre entier d’au moins {least}"),
    "cli.usage.whole_number": Text("a whole number", "un nombre entier"),
    "cli.usage.text": Text("a value", "une valeur"),
    "cli.usage.file": Text("a file", "un fichier"),
    "cli.usage.folder": Text("a folder", "un dossier"),
    "cli.usage.path": Text("a file or a folder", "un fichier ou un dossier"),
    "cli.usage.before": Text(
        "Put it before the command: `{root} {option} … {command}`.",
        "Placez-la avant la commande : `{root} {option} … {command}`.",
    ),
    "cli.usage.more_help": Text("`{command} --help` says more.", "`{command} --help` en dit plus."),
}

_MENDS: Final[Mapping[str, Text]] = {
    "cli.mend.settings_file": Text(
        "Name an existing YAML file with --config, or leave the option out: every setting has a default.",
        "Indiquez un fichier YAML existant avec --config, ou omettez l’option : chaque réglage a une valeur par défaut.",
    ),
    "cli.mend.token": Text(
        "Generate one: `openssl rand -hex 32`.", "Générez-en un : `openssl rand -hex 32`."
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_COMMANDS, **_USAGE, **_MENDS, **RULES_AND_TOOLS}

"""`observer check`: its options, what it cannot read, how it tells what it found."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_OPTIONS: Final[Mapping[str, Text]] = {
    "check.help": Text(
        "Judge files as the observer judges the traffic: files, folders and standard input (`-`), plain or gzip, NDJSON, "
        "JSON, arrays of JSON or TSV. Findings go to standard output, the summary to standard error. Exit code 0: clean; "
        "1: findings; 2: something could not be read.",
        "Juger des fichiers comme l’observateur juge le trafic : fichiers, dossiers et entrée standard (`-`), bruts ou "
        "gzip, NDJSON, JSON, tableaux JSON ou TSV. Les constats vont sur la sortie standard, le résumé sur la sortie "
        "d’erreur. Code de retour 0 : rien à signaler ; 1 : des constats ; 2 : lecture impossible.",
    ),
    "check.help.catalog": Text(
        "Folder of the company’s declarations. Without it: the one of the settings, else ./schemas, else the example "
        "company.",
        "Dossier des déclarations de l’entreprise. Sans lui : celui des réglages, sinon ./schemas, sinon l’entreprise "
        "d’exemple.",
    ),
    "check.help.source": Text(
        "Declared source that the events are of. Without it: the one whose dialect they speak.",
        "Source déclarée dont viennent les événements. Sans elle : celle dont ils parlent le dialecte.",
    ),
    "check.help.dialect": Text(
        "Dialect of the events. Without it, the first events of each file tell.",
        "Dialecte des événements. Sans lui, les premiers événements de chaque fichier le disent.",
    ),
    "check.help.jobs": Text(
        "Processes that judge at the same time. 0: one for each core.",
        "Processus qui jugent en même temps. 0 : un par cœur.",
    ),
    "check.help.limit": Text(
        "Findings to list. All of them are counted.", "Constats à lister. Tous sont comptés."
    ),
}

_PROBLEMS: Final[Mapping[str, Text]] = {
    "check.nothing": Text("nothing", "rien"),
    "check.file": Text("a file or a folder", "un fichier ou un dossier"),
    "check.mend_file": Text("`-` reads standard input.", "`-` lit l’entrée standard."),
    "check.folder": Text(
        "a folder with files to check ({endings})",
        "un dossier contenant des fichiers à contrôler ({endings})",
    ),
    "check.request": Text(
        "the `path` and `headers` of an HTTP request", "le `path` et les `headers` d’une requête HTTP"
    ),
    "check.readable": Text("an input that can be read to its end", "une entrée lisible jusqu’au bout"),
    "check.source": Text("a declared source ({known})", "une source déclarée ({known})"),
    "check.dialect": Text("a dialect ({known})", "un dialecte ({known})"),
    "check.record": Text("records of at most {limit} bytes", "des enregistrements d’au plus {limit} octets"),
    "check.longer": Text("a longer one", "un enregistrement plus long"),
    "check.mend_record": Text(
        "Write each event on a line of its own (NDJSON).",
        "Écrivez chaque événement sur sa propre ligne (NDJSON).",
    ),
    "check.processes": Text(
        "{jobs} processes that judge to the end", "{jobs} processus qui jugent jusqu’au bout"
    ),
    "check.process_died": Text("one that was ended", "un processus interrompu"),
    "check.mend_processes": Text(
        "Memory may be short: try `--jobs 1`.", "La mémoire manque peut-être : essayez `--jobs 1`."
    ),
}

_REPORT: Final[Mapping[str, Text]] = {
    "check.event": Text("event {event}", "événement {event}"),
    "check.mend": Text("  How to mend it: {mend}", "  Correction : {mend}"),
    "check.mend_undecodable": Text(
        "Look at the SDK and its version; where a body is cut off, at proxies and limits on size.",
        "Regardez le SDK et sa version ; si un corps est tronqué, les proxys et les limites de taille.",
    ),
    "check.example": Text(
        "No catalog was named, so the contracts of the example company are what counts.",
        "Aucun catalogue n’a été indiqué : ce sont les contrats de l’entreprise d’exemple qui font foi.",
    ),
    "check.progress": Text("Checking", "Contrôle"),
    "check.summary": Text(
        "Files: {files}, events: {events}, findings: {findings}.",
        "Fichiers : {files}, événements : {events}, constats : {findings}.",
    ),
    "check.count": Text("{name}: {number}", "{name} : {number}"),
    "check.unrecognised": Text(
        "Files that no dialect recognised: {files}. Name a dialect with --dialect, or a source with --source.",
        "Fichiers qu’aucun dialecte n’a reconnus : {files}. Indiquez un dialecte avec --dialect, ou une source avec "
        "--source.",
    ),
    "check.judged_by": Text("Judged as events of: {sources}.", "Jugés comme événements de : {sources}."),
    "check.worst": Text("Rules that broke most:", "Règles les plus enfreintes :"),
    "check.rule": Text("  {number} × {rule} ({contract})", "  {number} × {rule} ({contract})"),
    "check.no_contract": Text("no contract", "aucun contrat"),
    "check.further_rules": Text(
        "  … and further rules, which --format json tells", "  … et d’autres règles, que donne --format json"
    ),
    "check.omitted": Text(
        "Counted, not listed: {omitted} findings. --limit lists more.",
        "Comptés, non listés : {omitted} constats. --limit en liste davantage.",
    ),
    "check.explain": Text(
        "`observer explain CODE` says more about a finding, as in `observer explain {code}`.",
        "`observer explain CODE` en dit plus sur un constat, comme `observer explain {code}`.",
    ),
    "check.junit.right": Text("events that are right: {events}", "événements corrects : {events}"),
    "check.junit.wrong": Text("line {line}, event {event}", "ligne {line}, événement {event}"),
    "check.junit.omitted": Text("findings that are not listed: {omitted}", "constats non listés : {omitted}"),
    "check.junit.read": Text("read to its end", "lecture jusqu’au bout"),
}

_TERMS: Final[Mapping[str, Text]] = {
    # What findings say was expected and what came. A term that does not stand here is the same in every language.
    "check.term.string": Text("string", "texte"),
    "check.term.number": Text("number", "nombre"),
    "check.term.integer": Text("integer", "nombre entier"),
    "check.term.boolean": Text("boolean", "booléen"),
    "check.term.object": Text("object", "objet"),
    "check.term.array": Text("array", "tableau"),
    "check.term.empty_array": Text("empty array", "tableau vide"),
    "check.term.nothing": Text("nothing", "rien"),
    "check.term.bytes": Text("bytes", "contenu"),
    "check.term.other_bytes": Text("other bytes", "autre contenu"),
    "check.term.other_text": Text("other text", "autre texte"),
    "check.term.other_json": Text("other JSON", "autre JSON"),
    "check.term.truncated": Text("truncated JSON", "JSON tronqué"),
    "check.term.deep": Text("deeply nested JSON", "JSON trop imbriqué"),
    "check.term.surrogate": Text("half a surrogate pair", "moitié de paire de substitution"),
    "check.term.event": Text("an event", "un événement"),
    "check.term.claimed": Text("an event that a contract claims", "un événement couvert par un contrat"),
    "check.term.undeclared": Text("an undeclared event", "un événement non déclaré"),
    "check.term.declared_property": Text("a declared property", "des propriétés déclarées"),
    "check.term.undeclared_property": Text("an undeclared property", "propriété non déclarée"),
    "check.term.min_length": Text("at least {value} characters", "au moins {value} caractères"),
    "check.term.max_length": Text("at most {value} characters", "au plus {value} caractères"),
    "check.term.pattern": Text("pattern {value}", "motif {value}"),
    "check.term.format": Text("format {value}", "format {value}"),
    "check.term.multiple": Text("a multiple of {value}", "un multiple de {value}"),
    "check.term.min_items": Text("at least {value} items", "au moins {value} éléments"),
    "check.term.max_items": Text("at most {value} items", "au plus {value} éléments"),
    "check.term.no_item_twice": Text("no item twice", "aucun élément en double"),
    "check.term.min_properties": Text("at least {value} properties", "au moins {value} propriétés"),
    "check.term.max_properties": Text("at most {value} properties", "au plus {value} propriétés"),
    "check.term.one_version": Text("one of the versions {value}", "une des versions {value}"),
    "check.term.one_of": Text("one of {value}", "une valeur parmi {value}"),
    "check.term.columns": Text("{value} columns", "{value} colonnes"),
    "check.term.checkable": Text("a payload that can be checked", "un contenu contrôlable"),
    "check.term.something_else": Text("something else", "autre chose"),
    "check.term.call": Text("a call of the dialect", "un appel du dialecte"),
    "check.term.known_dialect": Text("a record of a known dialect", "un enregistrement d’un dialecte connu"),
    "check.term.another_record": Text("another record", "un autre enregistrement"),
    "check.term.another_string": Text("another string", "un autre texte"),
    "check.term.another_schema": Text("another schema", "un autre schéma"),
    "check.term.another_parameter": Text("another parameter", "autre paramètre"),
    "check.term.another_content_type": Text("another content type", "un autre type de contenu"),
    "check.term.parameter": Text("a parameter of payload_data", "les paramètres de payload_data"),
    "check.term.entities": Text("a list of entities", "une liste d’entités"),
    "check.term.processor": Text("artifact and version", "artifact et version"),
    "check.term.one_or_other": Text("ue_px or ue_pr", "ue_px ou ue_pr"),
    "check.term.count": Text("count since 1970", "nombre depuis 1970"),
    "check.term.milliseconds": Text("milliseconds since 1970", "millisecondes depuis 1970"),
    "check.term.bounded_query": Text("a query of bounded size", "une requête de taille limitée"),
    "check.term.longer": Text("a longer one", "une requête plus longue"),
    "check.term.another_value": Text("another value", "autre valeur"),
    "check.term.another_kind": Text("another kind", "autre nature"),
    "check.term.another_version": Text("another version", "autre version"),
    "check.term.version": Text("version {value}", "la version {value}"),
    "check.term.version_in_force": Text("a version in force", "une version en vigueur"),
    "check.term.ended_version": Text("a version that has ended", "une version qui a pris fin"),
    "check.term.another_format": Text("another format", "autre format"),
    "check.term.json_format": Text("the JSON format", "le format JSON"),
    "check.term.self_describing": Text("a self-describing event", "un événement auto-descriptif"),
    "check.term.self_describing_json": Text("self-describing JSON", "JSON auto-descriptif"),
}

TEXTS: Final[Mapping[str, Text]] = {**_OPTIONS, **_PROBLEMS, **_REPORT, **_TERMS}

"""What the files in schemas/ may hold, and what is wrong with one."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_DOCUMENTS: Final[Mapping[str, Text]] = {
    "document.yaml": Text("well-formed YAML", "du YAML bien formé"),
    "document.json": Text("well-formed JSON", "du JSON bien formé"),
    "document.utf8": Text("text in UTF-8", "un texte en UTF-8"),
    "document.bytes": Text("at most {bytes} bytes", "au plus {bytes} octets"),
    "document.values": Text("at most {values} values", "au plus {values} valeurs"),
    "document.depth": Text("at most {depth} levels", "au plus {depth} niveaux"),
    "document.content": Text("a mapping of keys to values", "des clés et leurs valeurs"),
    "document.one": Text("one document in a file", "un seul document par fichier"),
    "document.untagged": Text("a value without a type tag", "une valeur sans étiquette de type"),
    "document.anchor": Text("an anchor that stands above its alias", "une ancre placée avant son alias"),
    "document.key": Text("a key that is text", "une clé qui soit du texte"),
    "document.mend.key": Text("Keep one of them.", "N’en gardez qu’une."),
    "document.mend.values": Text(
        "Split the file, or write out less by aliases.", "Divisez le fichier, ou répétez moins par alias."
    ),
    "document.mend.bytes": Text("Split the file.", "Divisez le fichier."),
    "document.key_once": Text("each key once", "chaque clé une seule fois"),
    "document.quote": Text("Put it in quotes.", "Mettez-la entre guillemets."),
    "document.number": Text(
        "a whole number of 64 bits or a finite number", "un nombre entier de 64 bits ou un nombre fini"
    ),
    "document.characters": Text("characters of Unicode", "des caractères Unicode"),
    "document.got.syntax": Text("a mistake in its syntax ({reason})", "une faute de syntaxe ({reason})"),
    "document.got.character": Text(
        "a control character that must not stand there", "un caractère de contrôle qui n’a pas sa place ici"
    ),
    "document.got.other_bytes": Text("bytes of another encoding", "des octets d’un autre encodage"),
    "document.got.more": Text("more", "davantage"),
    "document.got.more_values": Text(
        "more, with aliases counted wherever they stand", "davantage, en comptant chaque emploi d’un alias"
    ),
    "document.got.deeper": Text("deeper nesting", "une imbrication plus profonde"),
    "document.got.empty": Text("nothing", "rien"),
    "document.got.second": Text("a second one", "un deuxième"),
    "document.got.tag": Text("a tag", "une étiquette"),
    "document.got.unknown_alias": Text("an alias of nothing", "un alias qui ne renvoie à rien"),
    "document.got.collection": Text("a list or a mapping", "une liste ou un ensemble de clés"),
    "document.got.alias": Text("an alias", "un alias"),
    "document.got.key_again": Text("`{key}` again", "`{key}` une seconde fois"),
    "document.got.large_number": Text("a number too large", "un nombre trop grand"),
    "document.got.not_a_number": Text("what is no number", "ce qui n’est pas un nombre"),
    "document.got.surrogate": Text("half a character", "la moitié d’un caractère"),
}

_DECLARATIONS: Final[Mapping[str, Text]] = {
    "declaration.text": Text("text", "du texte"),
    "declaration.filled": Text("text that is not empty", "un texte non vide"),
    "declaration.whole": Text("a whole number", "un nombre entier"),
    "declaration.number": Text("a number", "un nombre"),
    "declaration.boolean": Text("true or false", "true ou false"),
    "declaration.list": Text("a list", "une liste"),
    "declaration.mapping": Text("a mapping of keys to values", "des clés et leurs valeurs"),
    "declaration.date": Text("a date as 2026-11-22", "une date comme 2026-11-22"),
    "declaration.id": Text(
        "an id in lower case, its words joined by hyphens",
        "un identifiant en minuscules, mots joints par des tirets",
    ),
    "declaration.contact": Text(
        "an e-mail address or an https address", "une adresse électronique ou une adresse https"
    ),
    "declaration.line": Text("one line of text", "une seule ligne de texte"),
    "declaration.pattern": Text("text that matches `{pattern}`", "un texte conforme à `{pattern}`"),
    "declaration.rule": Text("a value that keeps the rule {rule}", "une valeur conforme à la règle {rule}"),
    "declaration.one_of": Text("one of {words}", "l’un de ces mots : {words}"),
    "declaration.key_known": Text("a key among {words}", "une clé parmi {words}"),
    "declaration.key_missing": Text("the key `{key}`", "la clé `{key}`"),
    "declaration.longest": Text("at most {bound} characters", "au plus {bound} caractères"),
    "declaration.shortest": Text("at least {bound} characters", "au moins {bound} caractères"),
    "declaration.most": Text("at most {bound} entries", "au plus {bound} éléments"),
    "declaration.fewest": Text("at least {bound} of them", "au moins {bound} élément(s)"),
    "declaration.above": Text("more than {bound}", "plus de {bound}"),
    "declaration.at_least": Text("{bound} or more", "{bound} ou plus"),
    "declaration.below": Text("less than {bound}", "moins de {bound}"),
    "declaration.at_most": Text("{bound} or less", "{bound} ou moins"),
    "declaration.came.nothing": Text("nothing", "rien"),
    "declaration.came.null": Text("nothing", "rien"),
    "declaration.came.boolean": Text("true or false", "true ou false"),
    "declaration.came.number": Text("a number", "un nombre"),
    "declaration.came.text": Text("text", "du texte"),
    "declaration.came.other_text": Text("other text", "un autre texte"),
    "declaration.came.empty": Text("empty text", "un texte vide"),
    "declaration.came.list": Text("a list", "une liste"),
    "declaration.came.empty_list": Text("an empty list", "une liste vide"),
    "declaration.came.mapping": Text("a mapping", "un ensemble de clés"),
    "declaration.came.characters": Text("{count} character(s)", "{count} caractère(s)"),
    "declaration.came.entries": Text("{count} of them", "{count} élément(s)"),
    "flows.origin": Text(
        "an origin in lower case, as https://www.shop.example, without a path",
        "une origine en minuscules, comme https://www.shop.example, sans chemin",
    ),
    "flows.path": Text(
        "a path that begins with `/`, without a query", "un chemin qui commence par `/`, sans paramètres"
    ),
    "flows.topic": Text(
        "a Kafka topic, or `/a pattern/` of topics", "un topic Kafka, ou un `/motif/` de noms de topics"
    ),
    "flows.topic_pattern": Text(
        "a regular expression between the slashes", "une expression régulière entre les barres obliques"
    ),
    "flows.country": Text("a country in two capitals, as FR", "un pays en deux majuscules, comme FR"),
    "flows.currency": Text(
        "a currency in three capitals, as EUR", "une monnaie en trois majuscules, comme EUR"
    ),
    "flows.variable_of_settings": Text(
        "a variable that begins with {keys}, or not with {settings}",
        "une variable qui commence par {keys}, ou pas par {settings}",
    ),
    "flows.variable": Text(
        "the name of an environment variable, in capitals, never the key itself",
        "le nom d’une variable d’environnement, en majuscules, jamais la clé elle-même",
    ),
}

_SETTINGS: Final[Mapping[str, Text]] = {
    "settings.file": Text("a settings file that can be read", "un fichier de réglages lisible"),
    "settings.variable": Text("the variable of a setting", "la variable d’un réglage"),
    "settings.unknown": Text("one that no setting has", "une variable qu’aucun réglage ne porte"),
    "settings.key_prefix": Text(
        "The key of a source stands in a variable that begins with {prefix}.",
        "La clé d’une source se place dans une variable qui commence par {prefix}.",
    ),
    "settings.secret_file": Text("a file that holds `{name}`", "un fichier qui contient `{name}`"),
    "settings.one_place": Text("`{name}` in one place only", "`{name}` à un seul endroit"),
    "settings.two_places": Text("it in the settings as well", "aussi sa valeur dans les réglages"),
    "settings.no_less": Text(
        "no less than the {bound} of `{name}`", "une valeur au moins égale à `{name}`, soit {bound}"
    ),
    "settings.needed_by": Text("a value, since {given} is set", "une valeur, puisque {given} est renseigné"),
    "settings.true_for": Text("true, since {given} is set", "true, puisque {given} est renseigné"),
    "settings.https": Text("an address that begins with https", "une adresse qui commence par https"),
    "settings.clear_text_mend": Text(
        "Encrypt the connection, or set `{name}` to the words: {words}.",
        "Chiffrez la connexion, ou donnez à `{name}` ces mots : {words}.",
    ),
    "settings.postgres": Text(
        "the address of a PostgreSQL database, as postgresql://user:password@host/database",
        "l’adresse d’une base PostgreSQL, comme postgresql://utilisateur:motdepasse@hote/base",
    ),
}

_LAYOUT: Final[Mapping[str, Text]] = {
    "layout.folder_of_catalog": Text("a folder with a catalog", "un dossier qui contient un catalogue"),
    "layout.readable": Text("a file that can be read", "un fichier lisible"),
    "layout.files": Text("at most {files} files", "au plus {files} fichiers"),
    "layout.no_file": Text("something that is no file", "autre chose qu’un fichier"),
    "layout.more_files": Text("more", "davantage"),
    "layout.file": Text("a file that the catalog knows", "un fichier que le catalogue connaît"),
    "layout.folder": Text("a folder that the catalog knows", "un dossier que le catalogue connaît"),
    "layout.ending": Text(
        "a name in lower case, its words joined by hyphens, that ends in {ending}",
        "un nom en minuscules, mots joints par des tirets, qui se termine par {ending}",
    ),
    "layout.empty": Text("an empty folder", "un dossier vide"),
    "layout.later": Text(
        "This folder is not read yet: what stands here would do nothing.",
        "Ce dossier n’est pas encore lu : ce qui s’y trouve resterait sans effet.",
    ),
    "layout.required": Text(
        "this file, without which there is no catalog", "ce fichier, indispensable au catalogue"
    ),
    "layout.source": Text("at least one source", "au moins une source"),
}

_CATALOG: Final[Mapping[str, Text]] = {
    "catalog.version_of_file": Text(
        "version {version}, as the file is named", "la version {version}, comme le dit le nom du fichier"
    ),
    "catalog.id_of_file": Text(
        "the id `{stem}`, as the file is named", "l’identifiant `{stem}`, le nom du fichier"
    ),
    "catalog.dialect": Text("a dialect that the observer reads", "un dialecte que l’observateur sait lire"),
    "catalog.source": Text("a source declared in sources/", "une source déclarée dans sources/"),
    "catalog.tool": Text("a tool declared in tools/tools.yaml", "un outil déclaré dans tools/tools.yaml"),
    "catalog.purpose": Text(
        "a purpose declared in consent/purposes.yaml", "une finalité déclarée dans consent/purposes.yaml"
    ),
    "catalog.channel": Text("the channel of a declared source", "le canal d’une source déclarée"),
    "catalog.consent_property": Text(
        "a name under which consent is carried, as `euconsent-v2` or `us_privacy` (docs/consent.md)",
        "un nom qui porte un consentement, comme `euconsent-v2` ou `us_privacy` (docs/consent.md)",
    ),
    "catalog.fields": Text(
        "fields for the plain dialect only", "des champs (fields) pour le seul dialecte plain"
    ),
    "catalog.fields_of": Text("fields of the dialect {dialect}", "des champs pour le dialecte {dialect}"),
    "catalog.own_key": Text("a variable of its own", "une variable qui lui soit propre"),
    "catalog.own_path": Text("a path of its own", "un chemin qui lui soit propre"),
    "catalog.own_topic": Text("a topic of its own", "un topic qui lui soit propre"),
    "catalog.topic_covered": Text(
        "`{word}`, which `{pattern}` of source {source} covers",
        "`{word}`, que couvre `{pattern}` de la source {source}",
    ),
    "catalog.own_identifier": Text("an identifier of its own", "un identifiant qui lui soit propre"),
    "catalog.claimed": Text(
        "`{word}`, which is that of source {source}", "`{word}`, déjà celui de la source {source}"
    ),
    "catalog.hop_once": Text("each hop of a flow once", "chaque étape d’un flux une seule fois"),
    "catalog.again": Text("`{word}` again", "`{word}` une seconde fois"),
    "catalog.one_claim": Text(
        "an event that no other contract claims", "un événement qu’aucun autre contrat ne revendique"
    ),
    "catalog.two_claims": Text(
        "`{event}`, which contract {contract} claims too (sources: {sources})",
        "`{event}`, que le contrat {contract} revendique aussi (sources : {sources})",
    ),
    "catalog.claim_apart": Text(
        "Name the sources or the dialects of each claim, so that they part.",
        "Nommez les sources ou les dialectes de chaque revendication, pour les distinguer.",
    ),
    "catalog.series": Text("at most {series} time series", "au plus {series} séries temporelles"),
    "catalog.fewer_series": Text(
        "Declare less, or raise metrics.series in the settings.",
        "Déclarez moins, ou relevez metrics.series dans les réglages.",
    ),
}

_COMMANDS: Final[Mapping[str, Text]] = {
    "catalog.help.group": Text(
        "Check what a company declares, begin a catalog, draw what feeds what.",
        "Vérifier ce qu’une entreprise déclare, créer un premier catalogue, dessiner qui alimente quoi.",
    ),
    "catalog.help.lint": Text(
        "Check the declarations in DIR whole: unknown words, dangling references, double claims. Without DIR: "
        "the folder that MARTECH_CATALOG names, else ./schemas.",
        "Vérifier toutes les déclarations de DIR : mots inconnus, renvois sans cible, doubles revendications. Sans "
        "DIR : le dossier que nomme MARTECH_CATALOG, sinon ./schemas.",
    ),
    "catalog.help.init": Text(
        "Write a minimal catalog with comments to DIR.", "Écrire dans DIR un catalogue minimal et commenté."
    ),
    "catalog.help.graph": Text(
        "Draw sources, the tools they feed and the data products, as a Mermaid flowchart.",
        "Dessiner les sources, les outils qu’elles alimentent et les produits de données, en diagramme Mermaid.",
    ),
    "catalog.lint.aging": Text("{contract}: {what}", "{contract} : {what}"),
    "catalog.lint.clean": Text(
        "{folder}: clean. Sources: {sources}, contracts: {contracts}, destinations: {destinations}, tools: {tools}, "
        "flows: {flows}, time series: at most {series}.",
        "{folder} : rien à signaler. Sources : {sources}, contrats : {contracts}, destinations : {destinations}, "
        "outils : {tools}, flux : {flows}, séries temporelles : au plus {series}.",
    ),
    "catalog.lint.overdue": Text(
        "{place}: to be read again since {by} - at `{path}`. What it justifies stays in force.",
        "{place} : à relire depuis le {by} - à `{path}`. Ce qui en dépend reste en vigueur.",
    ),
    "catalog.lint.problems": Text("{folder}: problems: {count}.", "{folder} : problèmes : {count}."),
    "catalog.init.empty_folder": Text("an empty folder, or none yet", "un dossier vide, ou pas encore créé"),
    "catalog.init.not_empty": Text("one that holds files", "un dossier qui contient des fichiers"),
    "catalog.init.mend_folder": Text(
        "Name another folder: nothing is ever overwritten. `observer catalog lint DIR` checks what stands in one.",
        "Indiquez un autre dossier : rien n’est jamais écrasé. `observer catalog lint DIR` vérifie ce qu’il contient.",
    ),
    "catalog.init.mend_writable": Text(
        "Name a folder that your account may write to.",
        "Indiquez un dossier où votre compte a le droit d’écrire.",
    ),
    "catalog.init.writable": Text("a folder that can be written to", "un dossier où l’on peut écrire"),
    "catalog.init.done": Text(
        "{folder}: a catalog to begin with. Change it, then run `observer catalog lint {folder}`.",
        "{folder} : un catalogue de départ. Modifiez-le, puis lancez `observer catalog lint {folder}`.",
    ),
    "catalog.init.mend": Text(
        "`observer catalog init DIR` writes one.", "`observer catalog init DIR` en écrit un."
    ),
}

TEXTS: Final[Mapping[str, Text]] = {
    **_COMMANDS,
    **_DOCUMENTS,
    **_DECLARATIONS,
    **_SETTINGS,
    **_LAYOUT,
    **_CATALOG,
}

"""What is wrong with a contract as it is written: what was expected, what came, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    # Kinds of values.
    "contract.kind.string": Text("a text", "un texte"),
    "contract.kind.number": Text("a number", "un nombre"),
    "contract.kind.integer": Text("a whole number", "un nombre entier"),
    "contract.kind.boolean": Text("true or false", "true ou false"),
    "contract.kind.object": Text("an object", "un objet"),
    "contract.kind.array": Text("a list", "une liste"),
    "contract.kind.null": Text("null", "null"),
    # What came.
    "contract.got.nothing": Text("nothing", "rien"),
    "contract.got.empty": Text("an empty list", "une liste vide"),
    "contract.got.larger": Text("more", "davantage"),
    "contract.got.word": Text("`{word}`", "`{word}`"),
    "contract.got.long_pattern": Text("a pattern of {length} characters", "un motif de {length} caractères"),
    "contract.got.disputed_pattern": Text(
        "`{part}`, which engines read differently or cannot run in bounded time",
        "`{part}`, que les moteurs lisent différemment ou n’exécutent pas en temps borné",
    ),
    "contract.got.broken_pattern": Text(
        "`{pattern}`, which cannot be compiled", "`{pattern}`, qui ne peut pas être compilé"
    ),
    # What YAML can say and JSON cannot.
    "contract.expected.text_key": Text("a key that is text", "une clé textuelle"),
    "contract.expected.finite": Text("a finite number", "un nombre fini"),
    "contract.expected.json_value": Text("a value that JSON can hold", "une valeur représentable en JSON"),
    "contract.expected.small": Text(
        "a document of at most {depth} levels and {values} values",
        "un document d’au plus {depth} niveaux et {values} valeurs",
    ),
    # What ODCS asks.
    "contract.expected.key": Text("the key `{key}`", "la clé `{key}`"),
    "contract.expected.known_key": Text(
        "a key that ODCS {version} has here", "une clé prévue ici par ODCS {version}"
    ),
    "contract.expected.fitting_key": Text(
        "a key that goes with this logicalType", "une clé compatible avec ce logicalType"
    ),
    "contract.expected.one_of": Text("one of {options}", "l’un de {options}"),
    "contract.expected.one_key": Text("exactly one of {options}", "exactement l’une des clés {options}"),
    "contract.expected.matching": Text("a text that matches `{pattern}`", "un texte conforme à `{pattern}`"),
    "contract.expected.format": Text("a text in format {format}", "un texte au format {format}"),
    "contract.expected.keyword": Text("{keyword} {value}", "{keyword} {value}"),
    "contract.expected.unique": Text("a list without anything twice", "une liste sans répétition"),
    "contract.expected.standard": Text("a form that ODCS allows here", "une forme admise ici par ODCS"),
    # What the house asks beyond it.
    "contract.expected.contract_id": Text(
        "an id in lower case with hyphens, as `order-completed`",
        "un identifiant en minuscules avec tirets, comme `order-completed`",
    ),
    "contract.expected.one_schema": Text(
        "exactly one schema: the payload of the event", "exactement un schéma : le contenu de l’événement"
    ),
    "contract.expected.owner": Text(
        "a team member with role `{role}` who has no dateOut",
        "un membre de l’équipe ayant le rôle `{role}` et aucun dateOut",
    ),
    "contract.expected.one_owner": Text(
        "one member with role `{role}`", "un seul membre ayant le rôle `{role}`"
    ),
    "contract.mend.reference": Text(
        "ODCS has no references, to this file or to another, and nothing is ever fetched: write out here what is meant.",
        "ODCS n’a pas de références, ni à ce fichier ni à un autre, et rien n’est jamais téléchargé : écrivez ici ce "
        "qui est visé.",
    ),
    "contract.mend.role": Text(
        "Did you mean role `{role}` where it says `{near}`?",
        "Vouliez-vous dire `{role}` au lieu de `{near}` ?",
    ),
    "contract.mend.rename": Text(
        "Did you mean `{right}` where it says `{key}`?", "Vouliez-vous dire `{right}` au lieu de `{key}` ?"
    ),
    "contract.mend.quote": Text("Write it in quotes.", "Mettez la valeur entre guillemets."),
    "contract.mend.remove": Text("Remove `{key}`.", "Supprimez `{key}`."),
    # customProperties.
    "contract.expected.custom": Text(
        "a martech property that has a meaning here ({known})",
        "une propriété martech ayant un sens ici ({known})",
    ),
    "contract.expected.no_custom": Text("no martech property here", "aucune propriété martech à cet endroit"),
    "contract.expected.custom_once": Text(
        "each martech property once", "chaque propriété martech une seule fois"
    ),
    "contract.expected.match": Text(
        "the custom property `martechMatch`", "la propriété personnalisée `martechMatch`"
    ),
    "contract.expected.matches": Text(
        "a list of events that the contract claims", "une liste des événements couverts par le contrat"
    ),
    "contract.expected.match_once": Text("each event once", "chaque événement une seule fois"),
    "contract.expected.match_key": Text("one of {keys}", "l’un de {keys}"),
    "contract.expected.match_kind": Text(
        "the kind of event, as `track` or `page`", "le type d’événement, comme `track` ou `page`"
    ),
    "contract.mend.match": Text(
        "Say which events it claims, as `- {{kind: track, event: Order Completed}}`.",
        "Indiquez les événements couverts, par exemple `- {{kind: track, event: Order Completed}}`.",
    ),
    "contract.expected.ids": Text("a list of ids", "une liste d’identifiants"),
    "contract.expected.id": Text(
        "an id in lower case with hyphens", "un identifiant en minuscules avec tirets"
    ),
    "contract.expected.id_once": Text("each id once", "chaque identifiant une seule fois"),
    "contract.expected.review": Text("a day, as `2027-03-31`", "un jour, comme `2027-03-31`"),
    "contract.expected.runbook": Text(
        "the path or the address of a runbook", "le chemin ou l’adresse d’un runbook"
    ),
    "contract.expected.closed_object": Text(
        "an object, a list or a map, which alone can be closed",
        "un objet, une liste ou un dictionnaire, seuls à pouvoir être fermés",
    ),
    "contract.expected.objective": Text(
        "a share above 0 and below 1, as 0.99", "une part supérieure à 0 et inférieure à 1, comme 0.99"
    ),
    # Properties and their options.
    "contract.expected.name_once": Text("each property once", "chaque propriété une seule fois"),
    "contract.expected.declared_property": Text(
        "a property that the object declares", "une propriété déclarée par l’objet"
    ),
    "contract.expected.text_map_key": Text(
        "keys of a text type: the keys of a JSON object are text",
        "des clés de type textuel : celles d’un objet JSON sont du texte",
    ),
    "contract.expected.option": Text(
        "an option that {type} has ({options})", "une option du type {type} ({options})"
    ),
    "contract.expected.no_option": Text(
        "no options, since {type} has none", "aucune option, car le type {type} n’en a pas"
    ),
    "contract.expected.count": Text("a count of at most {largest}", "un nombre d’au plus {largest}"),
    "contract.expected.at_most": Text("at most {name}, which is {value}", "au plus {name}, soit {value}"),
    "contract.expected.less_than": Text(
        "less than {name}, which is {value}", "moins que {name}, soit {value}"
    ),
    "contract.expected.pattern": Text(
        "a pattern of ECMA-262 without lookaround, back-references or flags",
        "un motif ECMA-262 sans assertion de contexte, référence arrière ni option",
    ),
    "contract.expected.moment": Text(
        "a {type} in the format of the property", "une valeur de type {type} au format de la propriété"
    ),
    "contract.expected.date_format": Text(
        "a date format of digits, as `yyyy-MM-dd`", "un format de date numérique, comme `yyyy-MM-dd`"
    ),
    "contract.expected.timestamp_format": Text(
        "a timestamp format of digits that agrees with `timezone`, as `yyyy-MM-dd'T'HH:mm:ssXXX`",
        "un format d’horodatage numérique cohérent avec `timezone`, comme `yyyy-MM-dd'T'HH:mm:ssXXX`",
    ),
    "contract.expected.time_format": Text(
        "a time format of digits that agrees with `timezone`, as `HH:mm:ss`",
        "un format d’heure numérique cohérent avec `timezone`, comme `HH:mm:ss`",
    ),
    "contract.expected.scalar_enum": Text(
        "an enum on a text, a number or a boolean", "un enum portant sur un texte, un nombre ou un booléen"
    ),
    "contract.expected.own_rule": Text(
        "a value that keeps the property’s own rule, {rule}",
        "une valeur conforme à la règle de la propriété elle-même, {rule}",
    ),
    # Service levels.
    "contract.expected.level_once": Text(
        "one entry for each service level", "une seule entrée par niveau de service"
    ),
    "contract.expected.positive": Text("a number above 0", "un nombre supérieur à 0"),
    "contract.expected.error_rate": Text("a rate below 100 %", "un taux inférieur à 100 %"),
    "contract.expected.rate_alone": Text(
        "an errorRate without an objective: the rate says it",
        "un errorRate sans objectif : le taux le dit déjà",
    ),
    # Versions.
    "contract.expected.version_field": Text(
        "the path of a property of the payload, as `$.schema_version`",
        "le chemin d’une propriété de la charge utile, comme `$.schema_version`",
    ),
    "contract.expected.moment_of": Text(
        "a date, or a date-time with its offset, as 2027-03-31 or 2027-03-31T12:00:00Z",
        "une date, ou une date et heure avec son décalage, comme 2027-03-31 ou 2027-03-31T12:00:00Z",
    ),
    "contract.expected.end_in_order": Text(
        "an endOfLife that is not before endOfSupport", "un endOfLife qui ne précède pas endOfSupport"
    ),
    "contract.got.an_earlier_one": Text("an earlier one", "une date antérieure"),
    "contract.expected.numbered_version": Text(
        "numbers with points or hyphens between them, since the contract has several versions",
        "des nombres séparés par des points ou des traits d’union, car le contrat a plusieurs versions",
    ),
    "contract.expected.version_once": Text(
        "each version of a contract in one file", "chaque version d’un contrat dans un seul fichier"
    ),
    "contract.got.version_again": Text("{version}, as in {file}", "{version}, comme dans {file}"),
    "contract.expected.known_version": Text(
        "a version of this contract ({versions})", "une version de ce contrat ({versions})"
    ),
    # Quality rules.
    "contract.expected.rule_fields": Text(
        "a list of the properties that the rule is about", "la liste des propriétés que la règle concerne"
    ),
    "contract.expected.comparable": Text(
        "text, a number or a boolean in what must be unique",
        "un texte, un nombre ou un booléen dans ce qui doit être unique",
    ),
    "contract.expected.smaller_first": Text("the smaller number first", "le plus petit nombre en premier"),
    "contract.expected.argument": Text(
        "an argument that {metric} has ({known})", "un argument de {metric} ({known})"
    ),
    "contract.expected.values": Text("a list of values", "une liste de valeurs"),
    "contract.expected.scalar": Text(
        "a text, a number, true, false or null", "un texte, un nombre, true, false ou null"
    ),
    "contract.expected.words_or_pattern": Text(
        "validValues or a pattern, not both", "validValues ou un motif, pas les deux"
    ),
    "contract.expected.whole_between": Text(
        "a whole number from {least} to {most}", "un nombre entier de {least} à {most}"
    ),
    # What is read and not checked.
    "contract.not_run.level": Text(
        "service level `{name}` is shown and not measured",
        "le niveau de service `{name}` est affiché mais n’est pas mesuré",
    ),
    "contract.not_run.availability": Text(
        "service level `{name}` is not measured: it needs a `frequency` beside it, which says how often events come",
        "le niveau de service `{name}` n’est pas mesuré : il lui faut à côté une `frequency`, qui dit à quel rythme "
        "arrivent les événements",
    ),
    "contract.not_run.frequency": Text(
        "service level `{name}` is not measured: it needs a number and a unit from ms to days",
        "le niveau de service `{name}` n’est pas mesuré : il lui faut un nombre et une unité, de ms à days",
    ),
    "contract.not_run.element": Text(
        "service level `{name}` is measured for whole events, not for `{element}`",
        "le niveau de service `{name}` est mesuré pour des événements entiers, pas pour `{element}`",
    ),
    "contract.not_run.sql": Text(
        "quality rule `{name}` is a query and is not run: a stream has no tables to ask",
        "la règle de qualité `{name}` est une requête et n’est pas exécutée : un flux n’a pas de tables à interroger",
    ),
    "contract.not_run.custom": Text(
        "quality rule `{name}` is for another engine and is not run",
        "la règle de qualité `{name}` est destinée à un autre moteur et n’est pas exécutée",
    ),
    "contract.not_run.text": Text(
        "quality rule `{name}` is a text for people and is not run",
        "la règle de qualité `{name}` est un texte pour des personnes et n’est pas exécutée",
    ),
    "contract.not_run.former": Text(
        "quality rule `{name}` is not run: it has no `metric`, the key that says what to measure",
        "la règle de qualité `{name}` n’est pas exécutée : il lui manque `metric`, la clé qui dit quoi mesurer",
    ),
    "contract.not_run.in_list": Text(
        "quality rule `{name}` is not run: one event may have several such values, and rules count events",
        "la règle de qualité `{name}` n’est pas exécutée : un événement peut porter plusieurs de ces valeurs, et les "
        "règles comptent des événements",
    ),
    "contract.not_run.schedule": Text(
        "the schedule `{schedule}` is not followed: windows are of 5 or 15 minutes, an hour or a day",
        "la planification `{schedule}` n’est pas suivie : les fenêtres sont de 5 ou 15 minutes, d’une heure ou d’un jour",
    ),
    "contract.not_run.unique": Text(
        "that `{name}` is unique is not checked: one event may have several of them",
        "l’unicité de `{name}` n’est pas contrôlée : un événement peut en porter plusieurs",
    ),
    "contract.not_run.relationship": Text(
        "a relationship to another schema is read and not checked: events come alone",
        "une relation vers un autre schéma est lue mais n’est pas contrôlée : les événements arrivent seuls",
    ),
    # Versions that near their end.
    "contract.aging.deprecated": Text(
        "version {version} is deprecated: its events are warned of",
        "la version {version} est dépréciée : ses événements sont signalés",
    ),
    "contract.aging.unsupported": Text(
        "support of version {version} ended on {date}: its events are warned of",
        "le support de la version {version} a pris fin le {date} : ses événements sont signalés",
    ),
    "contract.aging.support_ends": Text(
        "support of version {version} ends on {date}",
        "le support de la version {version} prend fin le {date}",
    ),
    "contract.aging.ends": Text(
        "version {version} ends on {date}: its events will be invalid from then on",
        "la version {version} prend fin le {date} : ses événements seront alors invalides",
    ),
    "contract.aging.ended": Text(
        "version {version} has ended: its events are invalid",
        "la version {version} a pris fin : ses événements sont invalides",
    ),
}

"""The page of a contract for people who are not engineers: heads, kinds of fields, rules, promises."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_HEADS: Final[Mapping[str, Text]] = {
    "exchange.page.subtitle": Text(
        "Data contract {id}, version {version}", "Contrat de données {id}, version {version}"
    ),
    "exchange.page.head.purpose": Text("What it is", "De quoi il s’agit"),
    "exchange.page.head.usage": Text("What it is for", "À quoi il sert"),
    "exchange.page.head.limits": Text("What to beware of", "Ce à quoi il faut prendre garde"),
    "exchange.page.head.owners": Text("Who owns it", "Qui en répond"),
    "exchange.page.head.events": Text("Which events", "Quels événements"),
    "exchange.page.head.fields": Text("Fields", "Champs"),
    "exchange.page.head.others": Text("Other fields", "Autres champs"),
    "exchange.page.head.purposes": Text("Purposes it may serve", "Finalités autorisées"),
    "exchange.page.head.quality": Text("Quality", "Qualité"),
    "exchange.page.head.levels": Text("Service level", "Niveau de service"),
    "exchange.page.head.help": Text("When something is wrong", "En cas de problème"),
    "exchange.page.column.name": Text("Field", "Champ"),
    "exchange.page.column.meaning": Text("Meaning", "Signification"),
    "exchange.page.column.kind": Text("Kind", "Nature"),
    "exchange.page.column.required": Text("Always there", "Toujours présent"),
    "exchange.page.column.rules": Text("Rules", "Règles"),
    "exchange.page.and": Text("; ", " ; "),
    "exchange.page.meaning": Text("{title}: {text}", "{title} : {text}"),
    "exchange.page.yes": Text("yes", "oui"),
    "exchange.page.no": Text("no", "non"),
    "exchange.page.owner.marketing": Text("Marketing: {name} ({contact})", "Marketing : {name} ({contact})"),
    "exchange.page.owner.technical": Text("IT: {name} ({contact})", "Informatique : {name} ({contact})"),
    "exchange.page.event": Text("{name}, a {kind} event", "{name}, un événement {kind}"),
    "exchange.page.any_event": Text(
        "every {kind} event that no other contract names",
        "tout événement {kind} qu’aucun autre contrat ne nomme",
    ),
    "exchange.page.open": Text(
        "Other fields may come and are let pass.", "D’autres champs peuvent arriver et sont admis."
    ),
    "exchange.page.closed": Text("No other field may come.", "Aucun autre champ ne doit arriver."),
    "exchange.page.no_purpose": Text("None is stated.", "Aucune n’est indiquée."),
    "exchange.page.classification": Text("classified as {classification}", "classé {classification}"),
    "exchange.page.critical": Text("critical", "critique"),
    "exchange.page.deprecated": Text("to be given up", "à abandonner"),
    "exchange.page.examples": Text("for example {examples}", "par exemple {examples}"),
    "exchange.page.runbook": Text("What to do: {runbook}", "Que faire : {runbook}"),
    "exchange.page.kind_of": Text("{outer} ({inner})", "{outer} ({inner})"),
    "exchange.page.kind.string": Text("text", "texte"),
    "exchange.page.kind.date": Text("date", "date"),
    "exchange.page.kind.timestamp": Text("date and time", "date et heure"),
    "exchange.page.kind.time": Text("time of day", "heure"),
    "exchange.page.kind.number": Text("number", "nombre"),
    "exchange.page.kind.integer": Text("whole number", "nombre entier"),
    "exchange.page.kind.boolean": Text("yes or no", "oui ou non"),
    "exchange.page.kind.object": Text("group of fields", "groupe de champs"),
    "exchange.page.kind.array": Text("list", "liste"),
    "exchange.page.kind.map": Text("names with values", "noms et valeurs"),
    "exchange.page.kind.vector": Text("list of numbers", "liste de nombres"),
}

_RULES: Final[Mapping[str, Text]] = {
    "exchange.page.rule.enum": Text("one of: {values}", "parmi : {values}"),
    "exchange.page.rule.unique": Text("never the same twice", "jamais deux fois le même"),
    "exchange.page.rule.minLength": Text("at least {value} characters", "au moins {value} caractères"),
    "exchange.page.rule.maxLength": Text("at most {value} characters", "au plus {value} caractères"),
    "exchange.page.rule.pattern": Text("must match {value}", "doit correspondre à {value}"),
    "exchange.page.rule.format": Text("written as {value}", "écrit sous la forme {value}"),
    "exchange.page.rule.minimum": Text("at least {value}", "au moins {value}"),
    "exchange.page.rule.maximum": Text("at most {value}", "au plus {value}"),
    "exchange.page.rule.exclusiveMinimum": Text("more than {value}", "plus de {value}"),
    "exchange.page.rule.exclusiveMaximum": Text("less than {value}", "moins de {value}"),
    "exchange.page.rule.multipleOf": Text("a multiple of {value}", "un multiple de {value}"),
    "exchange.page.rule.minItems": Text("at least {value} items", "au moins {value} éléments"),
    "exchange.page.rule.maxItems": Text("at most {value} items", "au plus {value} éléments"),
    "exchange.page.rule.uniqueItems": Text("no item twice", "aucun élément en double"),
    "exchange.page.rule.minProperties": Text(
        "at least {value} fields inside", "au moins {value} champs à l’intérieur"
    ),
    "exchange.page.rule.maxProperties": Text(
        "at most {value} fields inside", "au plus {value} champs à l’intérieur"
    ),
    "exchange.page.rule.dimensions": Text("{value} numbers", "{value} nombres"),
}

_PROMISES: Final[Mapping[str, Text]] = {
    "exchange.page.metric.nullValues": Text("Empty values", "Valeurs vides"),
    "exchange.page.metric.missingValues": Text("Missing values", "Valeurs manquantes"),
    "exchange.page.metric.invalidValues": Text("Invalid values", "Valeurs invalides"),
    "exchange.page.metric.duplicateValues": Text("Values that come twice", "Valeurs en double"),
    "exchange.page.metric.rowCount": Text("Number of events", "Nombre d’événements"),
    "exchange.page.quality.about": Text("{metric} of {fields}: {bound}.", "{metric} de {fields} : {bound}."),
    "exchange.page.quality.all": Text("{metric}: {bound}.", "{metric} : {bound}."),
    "exchange.page.quality.other": Text("{rule} (checked by hand)", "{rule} (contrôlé à la main)"),
    "exchange.page.operator.mustBe": Text("exactly {value}", "exactement {value}"),
    "exchange.page.operator.mustNotBe": Text("anything but {value}", "tout sauf {value}"),
    "exchange.page.operator.mustBeGreaterThan": Text("more than {value}", "plus de {value}"),
    "exchange.page.operator.mustBeGreaterOrEqualTo": Text("at least {value}", "au moins {value}"),
    "exchange.page.operator.mustBeLessThan": Text("less than {value}", "moins de {value}"),
    "exchange.page.operator.mustBeLessOrEqualTo": Text("at most {value}", "au plus {value}"),
    "exchange.page.operator.mustBeBetween": Text("between {low} and {high}", "entre {low} et {high}"),
    "exchange.page.operator.mustNotBeBetween": Text(
        "not between {low} and {high}", "pas entre {low} et {high}"
    ),
    "exchange.page.unit.percent": Text("percent", "pour cent"),
    "exchange.page.unit.milliseconds": Text("milliseconds", "millisecondes"),
    "exchange.page.unit.seconds": Text("seconds", "secondes"),
    "exchange.page.unit.minutes": Text("minutes", "minutes"),
    "exchange.page.unit.hours": Text("hours", "heures"),
    "exchange.page.unit.days": Text("days", "jours"),
    "exchange.page.unit.months": Text("months", "mois"),
    "exchange.page.unit.years": Text("years", "ans"),
    "exchange.page.level.latency": Text(
        "{share} percent of events arrive within {amount}.",
        "{share} pour cent des événements arrivent en {amount} au plus.",
    ),
    "exchange.page.level.errorRate": Text(
        "At most {amount} of events break this contract.",
        "Au plus {amount} des événements enfreignent ce contrat.",
    ),
    "exchange.page.level.availability": Text("Available: {amount}.", "Disponibilité : {amount}."),
    "exchange.page.level.throughput": Text("Volume: {amount}.", "Débit : {amount}."),
    "exchange.page.level.retention": Text("Kept for {amount}.", "Conservé {amount}."),
    "exchange.page.level.frequency": Text("Comes every {amount}.", "Arrive toutes les {amount}."),
    "exchange.page.level.generalAvailability": Text(
        "In use since {amount}.", "En service depuis le {amount}."
    ),
    "exchange.page.level.endOfSupport": Text(
        "Supported until {amount}.", "Pris en charge jusqu’au {amount}."
    ),
    "exchange.page.level.endOfLife": Text("Ends on {amount}.", "Prend fin le {amount}."),
    "exchange.page.level.timeToDetect": Text(
        "A fault is noticed within {amount}.", "Un défaut est remarqué en {amount} au plus."
    ),
    "exchange.page.level.timeToNotify": Text(
        "People are told within {amount}.", "L’alerte est donnée en {amount} au plus."
    ),
    "exchange.page.level.timeToRepair": Text(
        "A fault is mended within {amount}.", "Un défaut est corrigé en {amount} au plus."
    ),
    "exchange.page.level.other": Text("{name}: {amount}.", "{name} : {amount}."),
}

TEXTS: Final[Mapping[str, Text]] = {**_HEADS, **_RULES, **_PROMISES}

"""Contracts in and out: what other tools hold, what has no equal, what was learned from traffic."""

from collections.abc import Mapping
from typing import Final

from observer.messages import contract_pages
from observer.messages.text import Text

_FORMS: Final[Mapping[str, Text]] = {
    "exchange.form.segment": Text(
        "a Segment tracking plan with rules", "un plan de marquage Segment avec des règles"
    ),
    "exchange.form.rudderstack": Text(
        "RudderStack resources: a tracking plan and the events and properties it points at",
        "des ressources RudderStack : un plan de marquage, avec les événements et les propriétés qu’il désigne",
    ),
    "exchange.form.iglu": Text(
        "a self-describing schema with vendor, name and version",
        "un schéma autodescriptif avec fournisseur, nom et version",
    ),
    "exchange.form.json-schema": Text("a JSON Schema", "un schéma JSON Schema"),
    "exchange.form.avro": Text(
        "an Avro schema of a named record", "un schéma Avro d’un enregistrement nommé"
    ),
    "exchange.form.ga4": Text(
        "a list of GA4 events: `events`, each with a `name` and `parameters`",
        "une liste d’événements GA4 : `events`, chacun avec `name` et `parameters`",
    ),
    "exchange.form.mparticle": Text(
        "an mParticle data plan with data points of events",
        "un plan de données mParticle avec des points de données d’événements",
    ),
    "exchange.got.another": Text("another document", "un autre document"),
    "exchange.got.none": Text("none", "aucun"),
    "exchange.expected.vendor": Text(
        "a vendor for the schema, as `com.example`", "un fournisseur pour le schéma, comme `com.example`"
    ),
    "exchange.mend.vendor": Text("Name it with --vendor.", "Indiquez-le avec --vendor."),
}

_LOST: Final[Mapping[str, Text]] = {
    "exchange.lost.keyword": Text(
        "`{name}` has no equal and was left out", "`{name}` est sans équivalent et a été omis"
    ),
    "exchange.lost.any": Text(
        "no type is said, and a contract cannot declare a property of any type: it is not declared",
        "aucun type n’est indiqué, et un contrat ne peut déclarer une propriété de type quelconque : elle n’est pas "
        "déclarée",
    ),
    "exchange.lost.types": Text(
        "several types are allowed, and a contract knows one: the property is not declared",
        "plusieurs types sont admis, et un contrat n’en connaît qu’un : la propriété n’est pas déclarée",
    ),
    "exchange.lost.assumed": Text(
        "no type is said; taken as {type}", "aucun type n’est indiqué ; lu comme {type}"
    ),
    "exchange.lost.no_object": Text(
        "not the schema of an object, as a payload is: nothing is declared",
        "pas le schéma d’un objet, ce qu’est un contenu : rien n’est déclaré",
    ),
    "exchange.lost.null": Text(
        "optional properties may be null in a contract, as the standard says",
        "dans un contrat, une propriété facultative peut être null, comme le dit la norme",
    ),
    "exchange.lost.required_null": Text(
        "required, and may be null: optional in a contract",
        "obligatoire, et peut être null : facultative dans un contrat",
    ),
    "exchange.lost.null_items": Text(
        "items may be null, which a contract never allows: items are not declared",
        "les éléments peuvent être null, ce qu’un contrat n’admet jamais : ils ne sont pas déclarés",
    ),
    "exchange.lost.required": Text(
        "`{name}` is required and not declared: it may be absent",
        "`{name}` est obligatoire et non déclarée : elle peut être absente",
    ),
    "exchange.lost.opened": Text(
        "other properties were refused; they are let pass, since not all could be declared",
        "les autres propriétés étaient refusées ; elles sont admises, car toutes n’ont pu être déclarées",
    ),
    "exchange.lost.remote": Text(
        "points at another document, which is never fetched",
        "renvoie à un autre document, qui n’est jamais chargé",
    ),
    "exchange.lost.cycle": Text(
        "contains itself: anything is let pass", "se contient lui-même : tout est admis"
    ),
    "exchange.lost.nowhere": Text("points at nothing that is here", "ne renvoie à rien qui soit ici"),
    "exchange.lost.both": Text(
        "`{name}` is said twice and differs; the first counts",
        "`{name}` est dit deux fois et diffère ; le premier compte",
    ),
    "exchange.lost.never": Text(
        "never allowed, which a contract cannot say", "jamais admis, ce qu’un contrat ne peut dire"
    ),
    "exchange.lost.too_large": Text(
        "too large or too deep: not declared", "trop grand ou trop profond : non déclaré"
    ),
    "exchange.lost.bytes": Text(
        "bytes have no equal in JSON: not declared", "les octets n’ont pas d’équivalent en JSON : non déclaré"
    ),
    "exchange.lost.variants": Text(
        "rules that depend on the value of another property have no equal",
        "les règles qui dépendent de la valeur d’une autre propriété sont sans équivalent",
    ),
    "exchange.lost.envelope": Text(
        "`{name}` is part of the message around the payload, which a contract does not judge",
        "`{name}` fait partie du message autour du contenu, qu’un contrat ne juge pas",
    ),
    "exchange.lost.older_version": Text(
        "version {version} in {file} is older and was left out",
        "la version {version} dans {file} est plus ancienne et a été omise",
    ),
    "exchange.lost.entity": Text(
        "an entity is attached to events and is none; the contract claims it as an event",
        "une entité accompagne les événements et n’en est pas un ; le contrat la réclame comme un événement",
    ),
    "exchange.lost.data_point": Text(
        "a data point of type `{type}` describes no event",
        "un point de données de type `{type}` ne décrit aucun événement",
    ),
    "exchange.lost.no_dialect": Text(
        "{tool} is no dialect that is read here: look at martechMatch",
        "{tool} n’est pas un dialecte lu ici : vérifiez martechMatch",
    ),
    "exchange.lost.guessed_match": Text(
        "the file does not say which events it is about; `{event}` was taken: see --kind and --event",
        "le fichier ne dit pas quels événements il concerne ; `{event}` a été retenu : voir --kind et --event",
    ),
    "exchange.lost.own_keyword": Text(
        "`{name}` is checked by the observer only: other validators pass it over",
        "`{name}` n’est contrôlé que par l’observateur : les autres validateurs l’ignorent",
    ),
    "exchange.lost.unchecked_format": Text(
        "format `{name}` is not known to that draft: it may not be checked",
        "le format `{name}` est inconnu de cette version : il peut ne pas être contrôlé",
    ),
    "exchange.lost.match": Text(
        "the events that the contract claims are not named as {form} names events",
        "les événements que le contrat réclame ne sont pas nommés comme {form} nomme les siens",
    ),
    "exchange.lost.schema_version": Text(
        "a SchemaVer begins at 1-0-0, so the version is another",
        "un SchemaVer commence à 1-0-0 : la version en diffère",
    ),
    "exchange.lost.promises": Text(
        "purposes, service levels and quality are not known there: state martechPurposes, slaProperties and quality",
        "finalités, niveaux de service et qualité y sont inconnus : indiquez martechPurposes, slaProperties et quality",
    ),
    "exchange.lost.owners": Text(
        "owners are not known there: name the members marked `to be named`",
        "les responsables y sont inconnus : nommez les membres marqués `to be named`",
    ),
}

_GUESSES: Final[Mapping[str, Text]] = {
    "exchange.guess.type": Text("is {type}", "est de type {type}"),
    "exchange.guess.required": Text("is always there", "est toujours présent"),
    "exchange.guess.mixed": Text(
        "comes as {types}: not declared, decide which it is",
        "arrive comme {types} : non déclaré, à vous de trancher",
    ),
    "exchange.guess.null": Text("was null whenever it came: not declared", "toujours null : non déclaré"),
    "exchange.guess.form": Text("is written as {form}", "est écrit sous la forme {form}"),
    "exchange.guess.enum": Text("is one of {count} words", "est l’un de {count} mots"),
    "exchange.guess.pattern": Text("matches {pattern}", "correspond à {pattern}"),
    "exchange.guess.range": Text("lies between {low} and {high}", "se situe entre {low} et {high}"),
    "exchange.guess.personal": Text("looks personal: {kind}", "semble personnel : {kind}"),
    "exchange.guess.personal_name": Text(
        "has a name that personal data have", "porte un nom de donnée personnelle"
    ),
    "exchange.guess.hidden": Text(
        "has names that are data, look personal or lie too deep: not declared",
        "a des noms qui sont des données, semblent personnels ou sont trop profonds : non déclarés",
    ),
    "exchange.guess.unreadable": Text(
        "was no JSON object: not learned from", "n’était pas un objet JSON : écarté"
    ),
    "exchange.guess.added": Text("was not named: added, optional", "n’était pas nommé : ajouté, facultatif"),
    "exchange.guess.widened": Text(
        "came as number: no longer integer", "est arrivé comme number : n’est plus integer"
    ),
    "exchange.guess.conflict": Text(
        "came as {types} where the contract says {type}: left as it is",
        "est arrivé comme {types} là où le contrat dit {type} : laissé tel quel",
    ),
}

_COMMANDS: Final[Mapping[str, Text]] = {
    "exchange.help.import": Text(
        "Write contracts for the events that another tool's files describe: tracking plans, schemas, event lists. "
        "What has no equal is told on standard error.",
        "Écrire des contrats pour les événements que décrivent les fichiers d’un autre outil : plans de marquage, "
        "schémas, listes d’événements. Ce qui est sans équivalent est dit sur la sortie d’erreur.",
    ),
    "exchange.help.export": Text(
        "Show one contract to others: as JSON Schema, Iglu schema, Segment tracking plan, or as a page for people. "
        "What has no equal is told on standard error.",
        "Montrer un contrat à d’autres : en JSON Schema, schéma Iglu, plan de marquage Segment, ou comme une page à lire. "
        "Ce qui est sans équivalent est dit sur la sortie d’erreur.",
    ),
    "exchange.help.infer": Text(
        "Learn a first contract for each event in files of traffic, with what speaks for each guess. No value of a field "
        "that looks personal is written.",
        "Apprendre un premier contrat pour chaque événement dans des fichiers de trafic, avec ce qui étaie chaque "
        "supposition. Aucune valeur d’un champ qui semble personnel n’est écrite.",
    ),
    "exchange.help.dialect": Text(
        "Dialect of the events; without it, each file's is recognised.",
        "Dialecte des événements ; sans lui, celui de chaque fichier est reconnu.",
    ),
    "exchange.help.out_infer": Text(
        "Folder for the contracts; without it, standard output.",
        "Dossier des contrats ; sans lui, la sortie.",
    ),
    "exchange.help.update": Text(
        "Propose a change of this contract: properties and types that came and that it does not name.",
        "Proposer une modification de ce contrat : les propriétés et les types reçus qu’il ne nomme pas.",
    ),
    "exchange.help.minimum": Text(
        "Values from which presence, words, ranges and patterns are guessed.",
        "Nombre de valeurs à partir duquel présence, mots, bornes et motifs sont supposés.",
    ),
    "exchange.help.from": Text("What the files are.", "Ce que sont les fichiers."),
    "exchange.help.to": Text("What to make of the contract.", "Ce qu’il faut en faire."),
    "exchange.help.out": Text("Folder for the contracts.", "Dossier des contrats."),
    "exchange.help.out_file": Text(
        "File to write; without it, standard output.", "Fichier à écrire ; sans lui, la sortie."
    ),
    "exchange.help.marketing_owner": Text(
        "How to reach the marketing owner.", "Comment joindre le responsable marketing."
    ),
    "exchange.help.technical_owner": Text(
        "How to reach the technical owner.", "Comment joindre le responsable technique."
    ),
    "exchange.help.kind": Text(
        "Kind of the events, as `track`, where the files do not say.",
        "Type des événements, comme `track`, si les fichiers ne le disent pas.",
    ),
    "exchange.help.event": Text(
        "Name of the event, where the file does not say.", "Nom de l’événement, si le fichier ne le dit pas."
    ),
    "exchange.help.force": Text("Write over files that are there.", "Écraser les fichiers existants."),
    "exchange.help.vendor": Text("Vendor of an Iglu schema.", "Fournisseur d’un schéma Iglu."),
    "exchange.lost": Text("{place}: {path}: {what}", "{place} : {path} : {what}"),
    "exchange.file.imported": Text(
        "Imported from {origin}: a draft. Name its two owners, its purposes and its service level,\n"
        "then check it: observer contract lint FILE",
        "Importé depuis {origin} : un brouillon. Nommez ses deux responsables, ses finalités et son niveau de service,\n"
        "puis contrôlez-le : observer contract lint FICHIER",
    ),
    "exchange.done.import": Text(
        "{count} contracts written to {folder}", "{count} contrats écrits dans {folder}"
    ),
    "exchange.file.inferred": Text(
        "Learned from traffic: a draft. Name its two owners, its purposes and its service level,\n"
        "then check it: observer contract lint FILE",
        "Appris du trafic : un brouillon. Nommez ses deux responsables, ses finalités et son niveau de service,\n"
        "puis contrôlez-le : observer contract lint FICHIER",
    ),
    "exchange.file.updated": Text(
        "Proposed from traffic. Compare it before you sign: observer contract diff OLD NEW",
        "Proposé d’après le trafic. Comparez avant de signer : observer contract diff ANCIEN NOUVEAU",
    ),
    "exchange.guess": Text(
        "{path} {what} ({events} of {of}, {share})", "{path} {what} ({events} sur {of}, {share})"
    ),
    "exchange.done.inferred": Text("{contract}: {events} events", "{contract} : {events} événements"),
    "exchange.done.written": Text("{file} written", "{file} écrit"),
    "exchange.done.nothing_new": Text("{file} names all that came", "{file} nomme tout ce qui est arrivé"),
    "exchange.unlearned.undecodable": Text(
        "{count} records could not be read: not learned from", "{count} enregistrements illisibles : écartés"
    ),
    "exchange.unlearned.beyond": Text(
        "{count} events of too many kinds: not learned from",
        "{count} événements de trop de types différents : écartés",
    ),
    "exchange.unlearned.nameless": Text(
        "{count} events whose name looks personal: not learned from",
        "{count} événements dont le nom semble personnel : écartés",
    ),
    "exchange.expected.claimed": Text(
        "events that the contract claims", "des événements que le contrat réclame"
    ),
    "exchange.expected.dialect": Text(
        "events of a dialect that is known, or --dialect", "des événements d’un dialecte connu, ou --dialect"
    ),
    "exchange.got.unrecognised": Text("others", "d’autres"),
    "exchange.expected.record": Text("a record of at most 32 MB", "un enregistrement de 32 Mo au plus"),
    "exchange.got.larger": Text("a larger one", "un plus grand"),
    "exchange.expected.new_file": Text("no file there yet", "aucun fichier à cet endroit"),
    "exchange.expected.files": Text("files to read", "des fichiers à lire"),
    "exchange.expected.writable": Text("a place to write to", "un emplacement où écrire"),
    "exchange.got.file": Text("a file", "un fichier"),
    "exchange.mend.force": Text(
        "Choose another folder, or say --force.", "Choisissez un autre dossier, ou ajoutez --force."
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_FORMS, **_LOST, **_GUESSES, **_COMMANDS, **contract_pages.TEXTS}

"""Why bytes could not be read as an event; what each reason means."""

from collections.abc import Iterator, Mapping
from typing import Final

from observer.messages.decoding_explained import EXAMPLES_AND_MENDS, LOOK_AT_IT, NO_EXAMPLE
from observer.messages.text import Text

_REASONS: Final[Mapping[str, Text]] = {
    "decoding.tombstone": Text(
        "The record has a key and no value: a tombstone, which deletes on a compacted topic and is no event.",
        "L’enregistrement a une clé et pas de valeur : c’est une pierre tombale, qui efface une clé dans un topic "
        "compacté et n’est pas un événement.",
    ),
    "decoding.empty": Text(
        "There is nothing to read: the body is empty or blank.",
        "Il n’y a rien à lire : le corps est vide ou ne contient que des espaces.",
    ),
    "decoding.not_json": Text(
        "The bytes are not JSON: cut off, or with a word such as NaN that JSON does not know.",
        "Les octets ne sont pas du JSON : coupés en route, ou avec un mot inconnu du JSON comme NaN.",
    ),
    "decoding.wrong_encoding": Text(
        "The text is not UTF-8, or holds half a surrogate pair, as a cut emoji leaves it.",
        "Le texte n’est pas en UTF-8, ou contient une moitié de paire de substitution, comme en laisse un emoji coupé.",
    ),
    "decoding.too_deep": Text(
        "Objects or arrays are nested too deep to be read safely.",
        "Les objets ou les tableaux sont imbriqués trop profondément pour être lus sans risque.",
    ),
    "decoding.too_large": Text(
        "The event is larger than the limit in the settings.",
        "L’événement dépasse la taille limite fixée dans les réglages.",
    ),
    "decoding.not_an_object": Text(
        "An event must be a JSON object; another kind of value stood in its place.",
        "Un événement doit être un objet JSON ; une valeur d’une autre nature se trouvait à sa place.",
    ),
    "decoding.empty_batch": Text(
        "The batch holds no event: its list is empty, missing or no list.",
        "Le lot ne contient aucun événement : sa liste est vide, absente, ou n’est pas une liste.",
    ),
    "decoding.no_type": Text(
        "The event does not say which kind of call it is, and neither does the address it was sent to.",
        "L’événement ne dit pas de quel type d’appel il s’agit, et l’adresse d’envoi ne le dit pas non plus.",
    ),
    "decoding.unknown_type": Text(
        "The event names a kind of call that its format does not have.",
        "L’événement annonce un type d’appel qui n’existe pas dans son format.",
    ),
    "decoding.no_name": Text(
        "The event has no name, so no contract can claim it.",
        "L’événement n’a pas de nom : aucun contrat ne peut donc s’y appliquer.",
    ),
    "decoding.not_cloudevents": Text(
        "The event does not say `specversion`, which every CloudEvent must.",
        "L’événement n’indique pas `specversion`, obligatoire dans tout CloudEvent.",
    ),
    "decoding.data_not_json": Text(
        "The event can be read, but the data it carries is not JSON.",
        "L’événement est lisible, mais les données qu’il transporte ne sont pas du JSON.",
    ),
    "decoding.bad_base64": Text(
        "What should be base64 is not.",
        "Ce qui devrait être du base64 n’en est pas.",
    ),
    "decoding.unsupported_format": Text(
        "The event is in a form of its format that the observer does not read.",
        "L’événement emploie une variante de son format que l’observateur ne lit pas.",
    ),
    "decoding.no_registry": Text(
        "The payload names a schema of a registry and is not JSON, and no registry is in the settings.",
        "Le contenu renvoie à un schéma d’un registre et n’est pas du JSON ; or aucun registre n’est configuré.",
    ),
    "decoding.unknown_schema": Text(
        "The payload names a schema that the registry does not know.",
        "Le contenu renvoie à un schéma que le registre ne connaît pas.",
    ),
    "decoding.schema_type": Text(
        "The payload’s schema is of a type that the observer does not read, or refers to other schemas.",
        "Le schéma du contenu est d’un type que l’observateur ne lit pas, ou renvoie à d’autres schémas.",
    ),
    "decoding.schema_mismatch": Text(
        "The bytes do not fit the schema that they name.",
        "Les octets ne correspondent pas au schéma auquel ils renvoient.",
    ),
    "decoding.unrecognised": Text(
        "No dialect recognises the record, so it cannot be told what it holds.",
        "Aucun dialecte ne reconnaît l’enregistrement : impossible de dire ce qu’il contient.",
    ),
    "plain_dialect.field": Text(
        "one of {fields}, or a name that carries consent (docs/consent.md)",
        "un champ parmi {fields}, ou un nom qui porte un consentement (docs/consent.md)",
    ),
    "plain_dialect.path": Text("a path such as `$.order.id`", "un chemin comme `$.order.id`"),
    "plain_dialect.path_mend": Text(
        "Write `$` for the whole event and a dot before each name below it",
        "Écrivez `$` pour l’événement entier et un point devant chaque nom du chemin",
    ),
    "decoding.snowplow_column_count": Text(
        "The line does not have the 131 columns of an enriched Snowplow event: cut off, or with a tab inside a value.",
        "La ligne n’a pas les 131 colonnes d’un événement Snowplow enrichi : elle est coupée, ou une valeur contient "
        "une tabulation.",
    ),
    "decoding.snowplow_no_unstruct_event": Text(
        "A self-describing Snowplow event came without its data: neither `ue_px` nor `ue_pr`, or an empty column.",
        "Un événement Snowplow auto-descriptif est arrivé sans ses données : ni `ue_px` ni `ue_pr`, ou une colonne vide.",
    ),
    "decoding.snowplow_not_self_describing": Text(
        "Self-describing JSON must hold `schema` and `data`, once around the event and once inside; one is missing.",
        "Un JSON auto-descriptif contient `schema` et `data`, une fois autour de l’événement et une fois à l’intérieur ; "
        "il en manque.",
    ),
    "decoding.snowplow_bad_schema": Text(
        "The schema is no Iglu address such as `iglu:example.shop/product_viewed/jsonschema/1-0-0`.",
        "Le schéma n’est pas une adresse Iglu comme `iglu:example.shop/product_viewed/jsonschema/1-0-0`.",
    ),
    "decoding.snowplow_not_a_bad_row": Text(
        "The document does not name a schema of Snowplow’s bad rows, so it is none.",
        "Le document ne désigne aucun schéma de « bad row » de Snowplow : ce n’en est donc pas une.",
    ),
}


def _explained() -> Iterator[tuple[str, Text]]:
    for code, what in _REASONS.items():
        area, _, reason = code.partition(".")
        if area == "decoding":
            example, mend = EXAMPLES_AND_MENDS.get(reason, (NO_EXAMPLE, LOOK_AT_IT))
            yield f"explain.decode_{reason}.what", what
            yield f"explain.decode_{reason}.example", example
            yield f"explain.decode_{reason}.mend", mend


TEXTS: Final[Mapping[str, Text]] = {**_REASONS, **dict(_explained())}
"""Each reason is explained under `decode_<reason>`."""

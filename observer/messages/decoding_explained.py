"""For each reason why bytes could not be read as an event: an example, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

NO_EXAMPLE: Final = Text(
    "`observer quarantine show ID` shows one that was kept, masked.",
    "`observer quarantine show ID` en montre un qui a été conservé, masqué.",
)
LOOK_AT_IT: Final = Text(
    "Look at what was kept: `observer quarantine list --verdict undecodable`. Mend the sender, then replay.",
    "Regardez ce qui a été conservé : `observer quarantine list --verdict undecodable`. Corrigez l’émetteur, puis "
    "rejouez.",
)

EXAMPLES_AND_MENDS: Final[Mapping[str, tuple[Text, Text]]] = {
    "tombstone": (
        Text(
            "A Kafka record with the key `order-4711` and no value, on a topic with `cleanup.policy=compact`.",
            "Un enregistrement Kafka de clé `order-4711` sans valeur, dans un topic en `cleanup.policy=compact`.",
        ),
        Text(
            "Normal on a compacted topic. Elsewhere, find the producer that sends a null value; better, write events "
            "to a topic that is not compacted.",
            "Normal dans un topic compacté. Ailleurs, cherchez le producteur qui envoie une valeur nulle ; mieux, "
            "écrivez les événements dans un topic non compacté.",
        ),
    ),
    "empty": (
        Text("A POST with `Content-Length: 0`.", "Un POST avec `Content-Length: 0`."),
        Text(
            "Look for a health check that is aimed at the collector, or a proxy that drops bodies. /healthz is there "
            "for health checks.",
            "Cherchez un contrôle de santé dirigé vers le collecteur, ou un proxy qui supprime les corps. /healthz est "
            "fait pour les contrôles de santé.",
        ),
    ),
    "not_json": (
        Text(
            '`{{"type": "track", "event": "Order Comp`: the request was cut off.',
            '`{{"type": "track", "event": "Order Comp` : la requête a été tronquée.',
        ),
        Text(
            "Let a JSON library write the event. Where bodies break off at one length, raise the limit of the proxy "
            "that cuts them.",
            "Laissez une bibliothèque JSON écrire l’événement. Si les corps s’arrêtent toujours à la même longueur, "
            "relevez la limite du proxy qui les coupe.",
        ),
    ),
    "wrong_encoding": (
        Text(
            "`Lumière` in Latin-1, where `è` is one byte; or a name cut in the middle of an emoji.",
            "`Lumière` en Latin-1, où `è` tient sur un octet ; ou un nom coupé au milieu d’un emoji.",
        ),
        Text(
            "Encode in UTF-8 on the way out, and cut text by characters, never by bytes or UTF-16 units.",
            "Encodez en UTF-8 à l’envoi, et coupez les textes par caractères, jamais par octets ni par unités UTF-16.",
        ),
    ),
    "too_deep": (
        Text(
            "A whole page state or a parsed document put into a property.",
            "Un état de page complet ou un document analysé placé dans une propriété.",
        ),
        Text(
            "Send only the properties that the contract names; put nothing into an event that holds itself.",
            "N’envoyez que les propriétés nommées par le contrat ; ne placez rien dans un événement qui se contienne "
            "lui-même.",
        ),
    ),
    "too_large": (
        Text(
            "An event that carries an image in base64.",
            "Un événement qui transporte une image en base64.",
        ),
        Text(
            "Send a reference instead of the thing. If events really are that large, raise `limits.body_bytes`.",
            "Envoyez une référence plutôt que la chose. Si les événements sont vraiment aussi gros, relevez "
            "`limits.body_bytes`.",
        ),
    ),
    "not_an_object": (
        Text(
            '`"Order Completed"`: a text, where `{{"type": "track", …}}` belongs.',
            '`"Order Completed"` : un texte, au lieu de `{{"type": "track", …}}`.',
        ),
        Text(
            "Send one JSON object for each event. An event that was turned into text twice is a text: encode it once.",
            "Envoyez un objet JSON par événement. Un événement converti deux fois en texte n’est plus qu’un texte : "
            "encodez-le une seule fois.",
        ),
    ),
    "empty_batch": (
        Text('`{{"batch": []}}`.', '`{{"batch": []}}`.'),
        Text(
            "Send no batch when there is nothing to send, and put the events under the key that the format names.",
            "N’envoyez pas de lot quand il n’y a rien à envoyer, et placez les événements sous la clé que nomme le format.",
        ),
    ),
    "no_type": (
        Text(
            '`{{"event": "Order Completed"}}` sent to /v1/batch, without `type`.',
            '`{{"event": "Order Completed"}}` envoyé à /v1/batch, sans `type`.',
        ),
        Text(
            "Add the kind of call (`track`, `page`, …), or send to the address of that call.",
            "Ajoutez le type d’appel (`track`, `page`…), ou envoyez à l’adresse de cet appel.",
        ),
    ),
    "unknown_type": (
        Text('`{{"type": "trak"}}`.', '`{{"type": "trak"}}`.'),
        Text(
            "Write a kind of call that the format has, letter by letter. If it is right for another format, correct "
            "`dialect` in the source’s file.",
            "Écrivez un type d’appel du format, à la lettre. S’il est juste pour un autre format, corrigez `dialect` "
            "dans le fichier de la source.",
        ),
    ),
    "no_name": (
        Text('`{{"type": "track", "properties": {{}}}}`.', '`{{"type": "track", "properties": {{}}}}`.'),
        Text(
            "Give the event the name that its contract claims in `martechMatch`.",
            "Donnez à l’événement le nom que son contrat revendique dans `martechMatch`.",
        ),
    ),
    "not_cloudevents": (
        Text(
            'A till sends `{{"receipt": 12}}` bare, without an envelope.',
            'Une caisse envoie `{{"receipt": 12}}` tel quel, sans enveloppe.',
        ),
        Text(
            'Wrap it: `{{"specversion": "1.0", "id": …, "source": …, "type": …, "data": …}}`; or send these as headers '
            "that begin with `ce-`.",
            'Enveloppez-le : `{{"specversion": "1.0", "id": …, "source": …, "type": …, "data": …}}` ; ou envoyez ces '
            "champs en en-têtes commençant par `ce-`.",
        ),
    ),
    "data_not_json": (
        Text(
            "A CloudEvent with `datacontenttype: application/xml`.",
            "Un CloudEvent avec `datacontenttype: application/xml`.",
        ),
        Text(
            "Send the data as JSON and say so: `datacontenttype: application/json`.",
            "Envoyez les données en JSON et dites-le : `datacontenttype: application/json`.",
        ),
    ),
    "bad_base64": (
        Text(
            "`ue_px` or `data_base64` with a blank where `+` stood: the query was decoded twice.",
            "`ue_px` ou `data_base64` avec une espace à la place de `+` : la requête a été décodée deux fois.",
        ),
        Text(
            "Look for a proxy or a tag that decodes or cuts the query; send by POST, or without base64.",
            "Cherchez un proxy ou une balise qui décode ou coupe la requête ; envoyez en POST, ou sans base64.",
        ),
    ),
    "no_registry": (
        Text(
            "A Kafka record in Avro: a zero byte, the number of a schema, then binary data.",
            "Un enregistrement Kafka en Avro : un octet nul, le numéro d’un schéma, puis des données binaires.",
        ),
        Text(
            "Set `kafka.registry.url` to the address of the schema registry.",
            "Indiquez dans `kafka.registry.url` l’adresse du registre de schémas.",
        ),
    ),
    "unknown_schema": (
        Text(
            "A Kafka record that was written with the registry of another environment.",
            "Un enregistrement Kafka écrit avec le registre d’un autre environnement.",
        ),
        Text(
            "Point the producer and the observer at the same registry.",
            "Faites utiliser le même registre au producteur et à l’observateur.",
        ),
    ),
    "schema_type": (
        Text(
            "A Kafka record in Protobuf, or in Avro whose schema imports another one.",
            "Un enregistrement Kafka en Protobuf, ou en Avro dont le schéma en importe un autre.",
        ),
        Text(
            "Write the events in JSON, or in Avro with a schema that stands alone.",
            "Écrivez les événements en JSON, ou en Avro avec un schéma autonome.",
        ),
    ),
    "schema_mismatch": (
        Text(
            "A Kafka record that is cut off behind the number of its schema.",
            "Un enregistrement Kafka tronqué après le numéro de son schéma.",
        ),
        Text(
            "Write with the serializer of the registry’s maker, and not over what it wrote.",
            "Écrivez avec le sérialiseur du fournisseur du registre, sans retoucher ce qu’il a écrit.",
        ),
    ),
    "unsupported_format": (
        Text(
            "A CloudEvent of version 0.3, or one in Protobuf.",
            "Un CloudEvent de version 0.3, ou en Protobuf.",
        ),
        Text(
            "Switch the sender to the form that docs name for this dialect, in JSON; update an old SDK.",
            "Faites passer l’émetteur à la variante JSON que la documentation indique pour ce dialecte ; mettez à jour "
            "un SDK ancien.",
        ),
    ),
    "unrecognised": (
        Text(
            "A file of access-log lines given to `observer check`.",
            "Un fichier de lignes de journal HTTP donné à `observer check`.",
        ),
        Text(
            "Say what it is: `observer check --dialect NAME` or `--source NAME`.",
            "Dites ce que c’est : `observer check --dialect NAME` ou `--source NAME`.",
        ),
    ),
    "snowplow_column_count": (
        Text(
            "A line of 97 columns, cut off by an export.",
            "Une ligne de 97 colonnes, coupée lors d’un export.",
        ),
        Text(
            "Read the enriched topic itself, not an export that drops columns; escape tabs in your own enrichments.",
            "Lisez le topic enrichi lui-même, et non un export qui perd des colonnes ; échappez les tabulations dans vos "
            "propres enrichissements.",
        ),
    ),
    "snowplow_no_unstruct_event": (
        Text("`e=ue` without `ue_px` or `ue_pr`.", "`e=ue` sans `ue_px` ni `ue_pr`."),
        Text(
            "Call the tracker’s method for self-describing events with its data; a hand-written pixel forgets it.",
            "Appelez la méthode du traceur pour les événements auto-descriptifs avec ses données ; un pixel écrit à la "
            "main les oublie.",
        ),
    ),
    "snowplow_not_self_describing": (
        Text(
            '`{{"data": {{"sku": "A1"}}}}` without `schema`.',
            '`{{"data": {{"sku": "A1"}}}}` sans `schema`.',
        ),
        Text(
            'Send `{{"schema": "iglu:…", "data": {{…}}}}`, and let the tracker add the outer pair.',
            'Envoyez `{{"schema": "iglu:…", "data": {{…}}}}`, et laissez le traceur ajouter la paire extérieure.',
        ),
    ),
    "snowplow_bad_schema": (
        Text("`product_viewed/1-0-0`.", "`product_viewed/1-0-0`."),
        Text(
            "Write vendor, name, `jsonschema` and version behind `iglu:`, as the registry has them.",
            "Écrivez fournisseur, nom, `jsonschema` et version derrière `iglu:`, tels que le registre les porte.",
        ),
    ),
    "snowplow_not_a_bad_row": (
        Text(
            "An enriched event written to the topic of bad rows.",
            "Un événement enrichi écrit dans le topic des « bad rows ».",
        ),
        Text(
            "See that the source’s topic or address is that of bad rows; else correct `dialect` in its file.",
            "Vérifiez que le topic ou l’adresse de la source est celui des « bad rows » ; sinon, corrigez `dialect` dans "
            "son fichier.",
        ),
    ),
}
"""Reason → example and mend."""

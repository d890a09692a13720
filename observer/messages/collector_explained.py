"""What each code of the collector's answers means, an example, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.explained import NOTHING_TO_MEND, explained
from observer.messages.text import Text

COLLECTOR: Final[Mapping[str, Text]] = {
    **explained(
        "collector_accepted",
        Text(
            "The events are kept: the sender may forget them. Whether they are right is judged afterwards.",
            "Les événements sont conservés : l’émetteur peut les oublier. Leur justesse est jugée ensuite.",
        ),
        Text(
            "Status 200, or 204 where the format asks for it.",
            "Statut 200, ou 204 lorsque le format le veut.",
        ),
        NOTHING_TO_MEND,
    ),
    **explained(
        "collector_unreadable",
        Text(
            "Status 400: nothing of the body could be read. The code beside it says why.",
            "Statut 400 : rien n’a pu être lu dans le corps. Le code indiqué dit pourquoi.",
        ),
        Text(
            "A body that says `Content-Encoding: gzip` and is plain text.",
            "Un corps qui annonce `Content-Encoding: gzip` et n’est que du texte.",
        ),
        Text(
            "Sending the same again is of no use: mend the sender as the code says.",
            "Renvoyer la même chose ne sert à rien : corrigez l’émetteur selon le code.",
        ),
    ),
    **explained(
        "collector_bad_compression",
        Text(
            "Status 400: the body could not be unpacked as `Content-Encoding` says.",
            "Statut 400 : le corps n’a pas pu être décompressé comme l’annonce `Content-Encoding`.",
        ),
        Text(
            "A proxy unpacks the body and leaves `Content-Encoding: gzip` in place.",
            "Un proxy décompresse le corps et laisse `Content-Encoding: gzip` en place.",
        ),
        Text(
            "Send gzip or plain bytes, and let the header say which.",
            "Envoyez du gzip ou des octets simples, et que l’en-tête dise lequel.",
        ),
    ),
    **explained(
        "collector_unauthorized",
        Text(
            "Status 401: no source has this key or identifier.",
            "Statut 401 : aucune source n’a cette clé ou cet identifiant.",
        ),
        Text(
            "A tag still carries the key of the test environment.",
            "Une balise porte encore la clé de l’environnement de test.",
        ),
        Text(
            "Compare the sender’s key with the variable that `writeKeyEnv` names in the source’s file, and see that the "
            "source has the dialect of that address.",
            "Comparez la clé de l’émetteur à la variable que nomme `writeKeyEnv` dans le fichier de la source, et vérifiez "
            "que la source a bien le dialecte de cette adresse.",
        ),
    ),
    **explained(
        "collector_unknown_app_id",
        Text(
            "Status 401: a Snowplow tracker sent an app id, a path and an origin that no source declares.",
            "Statut 401 : un traceur Snowplow a envoyé un identifiant d’application, un chemin et une origine "
            "qu’aucune source ne déclare.",
        ),
        Text(
            "`aid=magazine-beta`, where the source declares `magazine`.",
            "`aid=magazine-beta`, alors que la source déclare `magazine`.",
        ),
        Text(
            "Add the app id to `identifiers` of the source, or correct `appId` in the tracker.",
            "Ajoutez l’identifiant d’application aux `identifiers` de la source, ou corrigez `appId` dans le traceur.",
        ),
    ),
    **explained(
        "collector_forbidden",
        Text(
            "Status 403: the source is known, but does not declare where the request comes from.",
            "Statut 403 : la source est connue, mais ne déclare pas d’où vient la requête.",
        ),
        Text(
            "Events of a new country site sent with the key of the web shop.",
            "Les événements d’un nouveau site pays, envoyés avec la clé de la boutique.",
        ),
        Text(
            "Add the origin or the identifier to the source’s file, or declare a source of its own.",
            "Ajoutez l’origine ou l’identifiant au fichier de la source, ou déclarez une source à part.",
        ),
    ),
    **explained(
        "collector_undeclared_origin",
        Text(
            "Status 403: the browser’s `Origin` is not among `origins` of the source.",
            "Statut 403 : l’`Origin` du navigateur ne figure pas parmi les `origins` de la source.",
        ),
        Text(
            "`Origin: https://preview.maison-lumiere.example`, where only `www` is declared.",
            "`Origin: https://preview.maison-lumiere.example`, alors que seul `www` est déclaré.",
        ),
        Text(
            "If the site is yours, add it to `origins`: scheme, host and port, no path. If not, someone copied your tag.",
            "Si le site est le vôtre, ajoutez-le aux `origins` : schéma, hôte et port, sans chemin. Sinon, quelqu’un a "
            "copié votre balise.",
        ),
    ),
    **explained(
        "collector_undeclared_source",
        Text(
            "Status 403: the CloudEvent’s `source` is not among `identifiers` of the source whose key it used.",
            "Statut 403 : le champ `source` du CloudEvent ne figure pas parmi les `identifiers` de la source dont il emploie la clé.",
        ),
        Text(
            "`source: https://tills-test.maison-lumiere.example` with the key of the tills in the shops.",
            "`source: https://tills-test.maison-lumiere.example` avec la clé des caisses des magasins.",
        ),
        Text(
            "Add the URI to `identifiers`, or give that sender a source and a key of its own.",
            "Ajoutez l’URI aux `identifiers`, ou donnez à cet émetteur une source et une clé propres.",
        ),
    ),
    **explained(
        "collector_no_route",
        Text(
            "Status 404: no source writes to this address. Nothing was accepted.",
            "Statut 404 : aucune source n’écrit à cette adresse. Rien n’a été accepté.",
        ),
        Text(
            "A tag sends to `/v1/tracks`, where the SDKs of that format send to `/v1/track`.",
            "Une balise envoie à `/v1/tracks`, alors que les SDK de ce format envoient à `/v1/track`.",
        ),
        Text(
            "Use the address that `observer run` prints for the source, or add the path to `paths` of the source.",
            "Employez l’adresse que `observer run` affiche pour la source, ou ajoutez le chemin aux `paths` de la source.",
        ),
    ),
    **explained(
        "collector_too_slow",
        Text(
            "Status 408: the body did not arrive in time. Nothing was accepted.",
            "Statut 408 : le corps n’est pas arrivé à temps. Rien n’a été accepté.",
        ),
        Text("A telephone that loses the network half-way.", "Un téléphone qui perd le réseau en chemin."),
        Text(
            "SDKs send again by themselves. Where it is frequent, send smaller batches.",
            "Les SDK renvoient d’eux-mêmes. Si c’est fréquent, envoyez des lots plus petits.",
        ),
    ),
    **explained(
        "collector_too_large",
        Text(
            "Status 413 (422 for Snowplow): the body is larger than `limits.body_bytes`. Nothing was accepted.",
            "Statut 413 (422 pour Snowplow) : le corps dépasse `limits.body_bytes`. Rien n’a été accepté.",
        ),
        Text(
            "A batch of a whole day in one request.", "Un lot d’une journée entière dans une seule requête."
        ),
        Text(
            "Send smaller batches, or raise `limits.body_bytes`.",
            "Envoyez des lots plus petits, ou relevez `limits.body_bytes`.",
        ),
    ),
    **explained(
        "collector_too_many_events",
        Text(
            "Status 413 (422 for Snowplow): the batch holds more events than `limits.batch_events`. Nothing was accepted.",
            "Statut 413 (422 pour Snowplow) : le lot contient plus d’événements que `limits.batch_events`. Rien n’a été "
            "accepté.",
        ),
        Text(
            "A back-fill of 10 000 events in one request.",
            "Une reprise de 10 000 événements en une seule requête.",
        ),
        Text(
            "Send smaller batches, or raise `limits.batch_events`.",
            "Envoyez des lots plus petits, ou relevez `limits.batch_events`.",
        ),
    ),
    **explained(
        "collector_too_fast",
        Text(
            "Status 429: the source sends more events a second than `limits.source_events_per_second`.",
            "Statut 429 : la source envoie plus d’événements par seconde que `limits.source_events_per_second`.",
        ),
        Text(
            "A loop in a tag that fires on every scroll.",
            "Une boucle dans une balise, déclenchée à chaque défilement.",
        ),
        Text(
            "Wait as `Retry-After` says. If the traffic is real, raise the limit.",
            "Attendez ce qu’indique `Retry-After`. Si le trafic est réel, relevez la limite.",
        ),
    ),
    **explained(
        "collector_busy",
        Text(
            "Status 503: too many requests wait to be judged, or Kafka does not acknowledge them. This one does not count as accepted.",
            "Statut 503 : trop de requêtes attendent d’être jugées, ou Kafka ne les confirme pas. Celle-ci n’est pas réputée acceptée.",
        ),
        Text(
            "A campaign triples the traffic within a minute.", "Une campagne triple le trafic en une minute."
        ),
        Text(
            "SDKs send again by themselves. If it lasts, look at the machine’s load, or run the workers on Kafka.",
            "Les SDK renvoient d’eux-mêmes. Si cela dure, regardez la charge de la machine, ou passez aux workers sur "
            "Kafka.",
        ),
    ),
    **explained(
        "collector_failed",
        Text(
            "Status 503: the events could not be kept. Nothing was accepted; the log says why.",
            "Statut 503 : les événements n’ont pas pu être conservés. Rien n’a été accepté ; le journal dit pourquoi.",
        ),
        Text("The disk of the quarantine is full.", "Le disque de la quarantaine est plein."),
        Text(
            "Read the log, free space on the disk or correct its rights; senders send again.",
            "Lisez le journal, libérez de la place sur le disque ou corrigez ses droits ; les émetteurs renvoient.",
        ),
    ),
}

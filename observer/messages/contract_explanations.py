"""What `observer explain CODE` says of each verdict and of each kind of finding: what, an example, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_VERDICTS: Final[Mapping[str, Text]] = {
    "explain.undecodable.what": Text(
        "What arrived where an event should could not be read as one: broken JSON, a wrong encoding, an envelope "
        "without what its format demands, or a record without a value.",
        "Ce qui est arrivé à la place d’un événement n’a pas pu être lu : JSON incorrect, mauvais encodage, "
        "enveloppe incomplète ou enregistrement sans contenu.",
    ),
    "explain.undecodable.example": Text(
        '`{{"type": "track", "event": "Order Comp` – the request was cut off.',
        '`{{"type": "track", "event": "Order Comp` : la requête a été tronquée.',
    ),
    "explain.undecodable.mend": Text(
        "Look at the reason beside the finding and at the SDK and its version. A cut-off body points to a proxy or "
        "to a limit on size. The record is kept in the quarantine and can be replayed.",
        "Regardez le motif indiqué, le SDK et sa version. Un corps tronqué révèle souvent un proxy ou une limite de "
        "taille. L’enregistrement est conservé en quarantaine et peut être rejoué.",
    ),
    "explain.duplicate.what": Text(
        "An event of the same source with the same message id came before. It is counted, and judged no further.",
        "Un événement de la même source avec le même identifiant de message est déjà arrivé. Il est compté, sans "
        "autre contrôle.",
    ),
    "explain.duplicate.example": Text(
        "A phone loses the network before it reads the answer, and sends its batch again.",
        "Un téléphone perd le réseau avant de lire la réponse et renvoie son lot.",
    ),
    "explain.duplicate.mend": Text(
        "Some duplicates are normal where clients retry. When the rate rises, look for two tags that send the same "
        "event, or for an SDK that reuses message ids.",
        "Quelques doublons sont normaux quand les clients réessaient. Si le taux monte, cherchez deux balises qui "
        "envoient le même événement, ou un SDK qui réutilise ses identifiants.",
    ),
    "explain.unknown_contract.what": Text(
        "The event was read, but no contract claims its kind and name for this source.",
        "L’événement a été lu, mais aucun contrat ne couvre son type et son nom pour cette source.",
    ),
    "explain.unknown_contract.example": Text(
        "A campaign team adds the event `Wheel Spun` to the shop before anyone signs a contract for it.",
        "Une équipe campagne ajoute l’événement `Wheel Spun` à la boutique avant qu’un contrat ne soit signé.",
    ),
    "explain.unknown_contract.mend": Text(
        "Write a contract with both owners, or add the event to `martechMatch` of the contract that means it. If "
        "nobody needs the event, stop sending it.",
        "Rédigez un contrat avec ses deux responsables, ou ajoutez l’événement au `martechMatch` du contrat concerné. "
        "Si personne n’en a besoin, cessez de l’envoyer.",
    ),
    "explain.unvalidated.what": Text(
        "The event has a contract, but its payload could not be checked. It is not called valid for that.",
        "L’événement a un contrat, mais son contenu n’a pas pu être contrôlé. Il n’est pas réputé valide pour autant.",
    ),
    "explain.unvalidated.example": Text(
        "A product name was cut in the middle of an emoji and is no Unicode text any more.",
        "Un nom de produit a été coupé au milieu d’un emoji et n’est plus du texte Unicode.",
    ),
    "explain.unvalidated.mend": Text(
        "The finding says what stood in the way: encoding, nesting, a number that JSON does not know. Mend the "
        "sender, then replay the event from the quarantine.",
        "Le constat indique l’obstacle : encodage, imbrication, nombre inconnu de JSON. Corrigez l’émetteur, puis "
        "rejouez l’événement depuis la quarantaine.",
    ),
    "explain.invalid.what": Text(
        "The event breaks at least one rule of its contract, or of its envelope. Each broken rule is a finding.",
        "L’événement enfreint au moins une règle de son contrat ou de son enveloppe. Chaque règle enfreinte donne "
        "un constat.",
    ),
    "explain.invalid.example": Text(
        'After a release the shop sends `"total": "59.90"`, a text, where the contract asks for a number.',
        'Après une mise en production, la boutique envoie `"total": "59.90"`, un texte, au lieu d’un nombre.',
    ),
    "explain.invalid.mend": Text(
        "Read the findings, mend the sender and replay what the quarantine kept. If the event is right and the "
        "contract wrong, let both owners sign a new version.",
        "Lisez les constats, corrigez l’émetteur et rejouez ce que la quarantaine a gardé. Si l’événement est juste "
        "et le contrat faux, faites signer une nouvelle version par les deux responsables.",
    ),
    "explain.valid.what": Text(
        "The event keeps every rule of its contract that can be judged from one event alone.",
        "L’événement respecte toutes les règles de son contrat vérifiables sur un seul événement.",
    ),
    "explain.valid.example": Text(
        "An `Order Completed` with its order id, a total of 59.90 and the currency EUR.",
        "Un `Order Completed` avec son numéro de commande, un total de 59.90 et la devise EUR.",
    ),
    "explain.valid.mend": Text("Nothing to mend.", "Rien à corriger."),
}

_KINDS: Final[Mapping[str, Text]] = {
    "explain.unexpected_event.what": Text(
        "An event arrived that no contract claims for its source.",
        "Un événement qu’aucun contrat ne couvre pour sa source est arrivé.",
    ),
    "explain.unexpected_event.example": Text(
        "`order completed` in lower case, where the contract claims `Order Completed`.",
        "`order completed` en minuscules, alors que le contrat couvre `Order Completed`.",
    ),
    "explain.unexpected_event.mend": Text(
        "Compare the name with `martechMatch` letter by letter; then correct the sender or sign a contract.",
        "Comparez le nom à `martechMatch` lettre par lettre, puis corrigez l’émetteur ou signez un contrat.",
    ),
    "explain.unexpected_property.what": Text(
        "A closed contract (`martechClosed: true`) met a property that it does not declare. Its name is not shown, "
        "since a name can be personal too.",
        "Un contrat fermé (`martechClosed: true`) a reçu une propriété qu’il ne déclare pas. Son nom n’est pas "
        "affiché, car un nom peut aussi être une donnée personnelle.",
    ),
    "explain.unexpected_property.example": Text(
        "A loyalty event with `email` beside the declared `card_id`.",
        "Un événement de fidélité contenant `email` à côté du `card_id` déclaré.",
    ),
    "explain.unexpected_property.mend": Text(
        "Take the property out of the event, or declare it in the contract with both owners.",
        "Retirez la propriété de l’événement, ou déclarez-la dans le contrat avec les deux responsables.",
    ),
    "explain.missing_required.what": Text(
        "A required property is absent or null. Null is no value: it counts as absent.",
        "Une propriété obligatoire est absente ou vaut null. Null n’est pas une valeur : il compte comme une absence.",
    ),
    "explain.missing_required.example": Text(
        '`{{"total": 59.9}}` without `order_id`, or with `"order_id": null`.',
        '`{{"total": 59.9}}` sans `order_id`, ou avec `"order_id": null`.',
    ),
    "explain.missing_required.mend": Text(
        "Send the property with every event. If it can truly be unknown, make it optional in the contract.",
        "Envoyez la propriété à chaque événement. Si elle peut réellement être inconnue, rendez-la facultative dans "
        "le contrat.",
    ),
    "explain.type_mismatch.what": Text(
        "A value is of another JSON type than the contract asks for.",
        "Une valeur n’a pas le type JSON demandé par le contrat.",
    ),
    "explain.type_mismatch.example": Text(
        '`"total": "59.90"`: a text instead of a number.',
        '`"total": "59.90"` : un texte au lieu d’un nombre.',
    ),
    "explain.type_mismatch.mend": Text(
        "Convert the value before it is sent. If it began with a release, that release is the cause.",
        "Convertissez la valeur avant l’envoi. Si le défaut date d’une mise en production, elle en est la cause.",
    ),
    "explain.out_of_constraint.what": Text(
        "A value has the right type and breaks a bound, a length or a list of allowed words.",
        "Une valeur a le bon type mais dépasse une borne, une longueur ou une liste de mots admis.",
    ),
    "explain.out_of_constraint.example": Text(
        '`"currency": "EURO"` where the contract allows EUR and CHF, or a total below 0.',
        '`"currency": "EURO"` alors que le contrat admet EUR et CHF, ou un total inférieur à 0.',
    ),
    "explain.out_of_constraint.mend": Text(
        "Correct the value at its origin. If the business has changed, extend the contract first.",
        "Corrigez la valeur à la source. Si le métier a changé, faites d’abord évoluer le contrat.",
    ),
    "explain.wrong_format.what": Text(
        "A text does not have the form that the contract asks for: a pattern, a date, an e-mail address.",
        "Un texte n’a pas la forme demandée par le contrat : motif, date, adresse électronique.",
    ),
    "explain.wrong_format.example": Text(
        "`03/02/2026` where the contract asks for a date, which is `2026-02-03`.",
        "`03/02/2026` alors que le contrat demande une date, soit `2026-02-03`.",
    ),
    "explain.wrong_format.mend": Text(
        "Format the value as the contract says: dates in ISO 8601, ids as their system writes them.",
        "Mettez la valeur en forme comme le dit le contrat : dates ISO 8601, identifiants tels que leur système les "
        "écrit.",
    ),
    "explain.wrong_version.what": Text(
        "The event is of a version of its contract that no file describes, or that has passed its end of life.",
        "L’événement relève d’une version de son contrat qu’aucun fichier ne décrit, ou qui a dépassé sa fin de vie.",
    ),
    "explain.wrong_version.example": Text(
        "An old app that still sends version 1.0.0 after its end of life.",
        "Une ancienne application qui envoie encore la version 1.0.0 après sa fin de vie.",
    ),
    "explain.wrong_version.mend": Text(
        "Update the sender, or keep the old version alive until it has gone: a file of its own, a later endOfLife. "
        "`martech_contract_version_events_total` shows which sources still send it.",
        "Mettez l’émetteur à jour, ou gardez l’ancienne version en vie jusqu’à sa disparition : un fichier à elle, un "
        "endOfLife plus tardif. `martech_contract_version_events_total` montre quelles sources l’envoient encore.",
    ),
    "explain.not_checked.what": Text(
        "The payload could not be put to the test: it is not UTF-8, not JSON, nested too deep, or the engine failed.",
        "Le contenu n’a pas pu être contrôlé : il n’est pas en UTF-8, n’est pas du JSON, est trop imbriqué, ou le "
        "moteur a échoué.",
    ),
    "explain.not_checked.example": Text(
        '`{{"discount": NaN}}`: JSON knows no such number.',
        '`{{"discount": NaN}}` : JSON ne connaît pas ce nombre.',
    ),
    "explain.not_checked.mend": Text(
        "Let a JSON library write the event instead of joining text by hand, and replay it.",
        "Laissez une bibliothèque JSON écrire l’événement au lieu d’assembler du texte, puis rejouez-le.",
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_VERDICTS, **_KINDS}

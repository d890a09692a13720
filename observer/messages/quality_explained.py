"""What each gate measures and each of its answers means, an example, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.explained import NOTHING_TO_MEND, explained
from observer.messages.text import Text

_WAIT: Final = Text(
    "Nothing to mend: the gate stays as it was. `martechMinimumEvents` of the rule says how many events it asks for.",
    "Rien à corriger : la porte reste en l’état. `martechMinimumEvents` de la règle dit combien d’événements elle demande.",
)

QUALITY: Final[Mapping[str, Text]] = {
    **explained(
        "gate",
        Text(
            "A quality rule of a contract, judged over windows of time. Its gate closes when the rule is broken in enough "
            "windows in a row, and opens when it is kept in enough: an incident lasts from one to the other.",
            "Une règle de qualité d’un contrat, jugée sur des fenêtres de temps. Sa porte se ferme quand la règle est "
            "enfreinte sur assez de fenêtres d’affilée, et se rouvre quand elle est respectée sur assez : un incident dure "
            "de l’un à l’autre.",
        ),
        Text(
            "`duplicateValues` of `order_id`, less than 1 percent: 3 % of last hour’s orders came twice, so the gate closed.",
            "`duplicateValues` de `order_id`, moins de 1 % : 3 % des commandes de la dernière heure sont venues deux fois, "
            "la porte s’est fermée.",
        ),
        Text(
            "Open the contract’s runbook, look at the rule that broke most, and mend the sender. The gate opens by itself.",
            "Ouvrez la procédure du contrat, voyez la règle la plus enfreinte, et corrigez l’émetteur. La porte se rouvre "
            "d’elle-même.",
        ),
    ),
    **explained(
        "gate_nullValues",
        Text("Events in which a field is absent or null.", "Événements où un champ est absent ou nul."),
        Text('`{{"total": null}}`, and `{{}}` too.', '`{{"total": null}}`, et `{{}}` aussi.'),
        Text("Fill the field where the event is made.", "Remplissez le champ là où l’événement est créé."),
    ),
    **explained(
        "gate_missingValues",
        Text(
            "Events in which a field is absent, null, or one of the words that the rule counts as missing.",
            "Événements où un champ est absent, nul, ou l’un des mots que la règle compte comme manquants.",
        ),
        Text(
            '`{{"coupon": "N/A"}}`, where the rule lists `N/A`.',
            '`{{"coupon": "N/A"}}`, si la règle liste `N/A`.',
        ),
        Text("Fill the field where the event is made.", "Remplissez le champ là où l’événement est créé."),
    ),
    **explained(
        "gate_invalidValues",
        Text(
            "Events in which a field has a value that the rule does not list or match.",
            "Événements où un champ a une valeur que la règle ne liste pas ou qui ne correspond pas à son motif.",
        ),
        Text(
            '`{{"currency": "EURO"}}`, where `EUR` and `CHF` are valid.',
            '`{{"currency": "EURO"}}`, si `EUR` et `CHF` sont valides.',
        ),
        Text(
            "Send one of the listed values, or add the new one to the contract.",
            "Envoyez l’une des valeurs listées, ou ajoutez la nouvelle au contrat.",
        ),
    ),
    **explained(
        "gate_duplicateValues",
        Text(
            "Events whose fields have values that came together before, under another message id: the same order sent twice "
            "by two systems, not one message repeated.",
            "Événements dont les champs ont des valeurs déjà venues ensemble, sous un autre identifiant de message : la même "
            "commande envoyée par deux systèmes, et non un message répété.",
        ),
        Text(
            "`order_id` ML-20418833 from the page and again from the payment provider.",
            "`order_id` ML-20418833 depuis la page, puis depuis le prestataire de paiement.",
        ),
        Text(
            "Find the second sender by the sources of the contract, and let one of them speak.",
            "Trouvez le second émetteur parmi les sources du contrat, et ne laissez parler que l’un des deux.",
        ),
    ),
    **explained(
        "gate_rowCount",
        Text("How many events a window had.", "Nombre d’événements d’une fenêtre."),
        Text(
            "No receipt in an hour in which the shops are open.",
            "Aucun ticket pendant une heure où les magasins sont ouverts.",
        ),
        Text(
            "See whether the source still sends: its last event is on the page.",
            "Voyez si la source envoie encore : son dernier événement est sur la page.",
        ),
    ),
    **explained(
        "gate_volume",
        Text(
            "How many events a window had, in percent of the median of the same hour and weekday in earlier weeks.",
            "Nombre d’événements d’une fenêtre, en pourcentage de la médiane de la même heure du même jour des semaines passées.",
        ),
        Text(
            "40 % of a usual Tuesday at 10: a release may have lost a tag.",
            "40 % d’un mardi habituel à 10 h : une livraison a pu perdre un marqueur.",
        ),
        Text(
            "Compare with releases, campaigns and holidays of that hour. A holiday is no fault: the gate opens by itself.",
            "Comparez aux livraisons, campagnes et jours fériés de cette heure. Un jour férié n’est pas une faute : la porte se "
            "rouvre d’elle-même.",
        ),
    ),
    **explained(
        "gate_freshness",
        Text(
            "The longest silence of a contract that lasted or ended in the window, to the minute.",
            "Le plus long silence d’un contrat qui a duré ou s’est terminé dans la fenêtre, à la minute près.",
        ),
        Text(
            "Half an hour without an order, where one is promised every ten minutes.",
            "Une demi-heure sans commande, alors qu’une est promise toutes les dix minutes.",
        ),
        Text(
            "See whether the source still sends, and what was released before.",
            "Voyez si la source envoie encore, et ce qui a été livré avant.",
        ),
    ),
    **explained(
        "gate_availability",
        Text(
            "Share of the minutes of a window by whose end an event had come within the time that the contract promises.",
            "Part des minutes d’une fenêtre à la fin desquelles un événement était venu dans le délai que promet le contrat.",
        ),
        Text(
            "98.6 % of a day: twenty minutes too long without an event.",
            "98,6 % d’une journée : vingt minutes de trop sans événement.",
        ),
        Text(
            "See whether the source still sends, and what was released before.",
            "Voyez si la source envoie encore, et ce qui a été livré avant.",
        ),
    ),
    **explained(
        "gate_validity",
        Text(
            "Share of events that break their contract, over a window.",
            "Part des événements qui enfreignent leur contrat, sur une fenêtre.",
        ),
        Text(
            "4 % invalid, where the contract allows 0.5 %.",
            "4 % d’invalides, là où le contrat en tolère 0,5 %.",
        ),
        Text(
            "The rule that broke most stands beside the incident: `observer explain` it.",
            "La règle la plus enfreinte figure à côté de l’incident : demandez-la à `observer explain`.",
        ),
    ),
    **explained(
        "gate_kept",
        Text("The window kept the rule.", "La fenêtre respecte la règle."),
        Text(
            "0.2 % missing values, where 1 % is allowed.",
            "0,2 % de valeurs manquantes, là où 1 % est toléré.",
        ),
        NOTHING_TO_MEND,
    ),
    **explained(
        "gate_broken",
        Text("The window broke the rule.", "La fenêtre enfreint la règle."),
        Text("7 % missing values, where 1 % is allowed.", "7 % de valeurs manquantes, là où 1 % est toléré."),
        Text(
            "See the rule’s metric: `observer explain nullValues` and its sisters.",
            "Voyez la mesure de la règle : `observer explain nullValues` et ses sœurs.",
        ),
    ),
    **explained(
        "gate_too_few_events",
        Text(
            "The window had too few events to decide: it neither closes nor opens the gate, and is counted.",
            "La fenêtre a trop peu d’événements pour décider : elle ne ferme ni n’ouvre la porte, et elle est comptée.",
        ),
        Text(
            "Five events in an hour of the night, all bad.",
            "Cinq événements en une heure de nuit, tous mauvais.",
        ),
        _WAIT,
    ),
    **explained(
        "gate_no_baseline",
        Text(
            "A volume is compared with earlier weeks, and not all of them have been seen yet.",
            "Un volume se compare aux semaines passées, et toutes n’ont pas encore été vues.",
        ),
        Text(
            "Three weeks after the start, where the rule asks for four.",
            "Trois semaines après le démarrage, quand la règle en demande quatre.",
        ),
        Text(
            "Nothing to mend: wait. `martechVolume` of the rule says how many weeks.",
            "Rien à corriger : attendez. `martechVolume` de la règle dit combien de semaines.",
        ),
    ),
    **explained(
        "gate_not_observed",
        Text(
            "The observer was stopped during the window: that nothing came then accuses nobody.",
            "L’observateur était arrêté pendant la fenêtre : que rien ne soit venu alors n’accuse personne.",
        ),
        Text("A restart between 10:02 and 10:03.", "Un redémarrage entre 10:02 et 10:03."),
        Text(
            "Run the observer without a break, or on Kafka, which keeps what comes meanwhile.",
            "Faites tourner l’observateur sans interruption, ou sur Kafka, qui garde ce qui vient entre-temps.",
        ),
    ),
}

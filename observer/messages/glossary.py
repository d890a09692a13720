"""What the measures mean: a question as marketing asks it, a definition as IT counts it, what is divided by what."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text


def _measure(name: str, *parts: Text) -> dict[str, Text]:
    return {
        f"glossary.{name}.{part}": text
        for part, text in zip(
            ("title", "question", "definition", "numerator", "denominator"), parts, strict=True
        )
    }


TEXTS: Final[Mapping[str, Text]] = {
    **_measure(
        "usable_rate",
        Text("Usable rate of a purpose", "Taux exploitable d’une finalité"),
        Text(
            "How much of our traffic may I use for this purpose?",
            "Quelle part de notre trafic puis-je utiliser pour cette finalité ?",
        ),
        Text(
            "Share of the events that need consent to a purpose whose signals give it, on the day of the event. Exempt "
            "events and those that the rule does not reach stand apart; what could not be judged counts as no.",
            "Part des événements soumis au consentement pour une finalité dont les signaux l’accordent, au jour de "
            "l’événement. Les événements dispensés ou hors champ sont à part ; ce qui n’a pu être jugé vaut non.",
        ),
        Text("events whose state is granted", "événements dont l’état est « accordé »"),
        Text(
            "events granted, refused, without a choice, too old, unreadable or not judged",
            "événements accordés, refusés, sans choix, trop anciens, illisibles ou non jugés",
        ),
    ),
    **_measure(
        "destination_rate",
        Text("Usable rate of a destination", "Taux exploitable d’une destination"),
        Text(
            "How much of what we collect may this tool receive?",
            "Quelle part de ce que nous collectons cet outil peut-il recevoir ?",
        ),
        Text(
            "Share of a source’s events that a destination may use: every purpose that it needs has consent or a "
            "legitimate interest, and its vendor is allowed.",
            "Part des événements d’une source qu’une destination peut utiliser : chaque finalité nécessaire a un "
            "consentement ou un intérêt légitime, et son fournisseur est admis.",
        ),
        Text("events that it may use", "événements qu’elle peut utiliser"),
        Text("events for which it needs a basis", "événements pour lesquels il lui faut une base"),
    ),
    **_measure(
        "state_shares",
        Text("States of consent", "États du consentement"),
        Text("Why may I not use the rest?", "Pourquoi ne puis-je pas utiliser le reste ?"),
        Text(
            "Each event has one of eight states for each purpose. Six of them need consent and add up to 100 %; exempt "
            "and not concerned are counted apart.",
            "Chaque événement a un état parmi huit pour chaque finalité. Six d’entre eux sont soumis au consentement et "
            "font ensemble 100 % ; « dispensé » et « non concerné » sont comptés à part.",
        ),
        Text("events of one state", "événements d’un état"),
        Text("events of the six states", "événements des six états"),
    ),
    **_measure(
        "breaches",
        Text("Sent without a basis", "Envois sans base"),
        Text(
            "Did a tool receive what it must not use?",
            "Un outil a-t-il reçu ce qu’il n’a pas le droit d’utiliser ?",
        ),
        Text(
            "Events that show a tool – an integration that is on, a click id in the address, the SDK, data of the vendor "
            "attached – whose destination may not use them. It is a sign and no proof of receipt.",
            "Événements où un outil se montre – intégration activée, identifiant de clic dans l’adresse, SDK, données "
            "jointes du fournisseur – alors que sa destination ne peut les utiliser. Un indice, non une preuve de réception.",
        ),
        Text("events that show it without a basis", "événements qui le montrent sans base"),
        Text("events decided for the destination", "événements jugés pour la destination"),
    ),
    **_measure(
        "before_choice",
        Text("Collected before any choice", "Collecte avant tout choix"),
        Text(
            "How much do we collect before people have answered the banner?",
            "Que collectons-nous avant que les personnes aient répondu au bandeau ?",
        ),
        Text(
            "Share of events whose signals hold no choice of the person for any purpose, or that carry no signal. A "
            "browser that objects on its own has not answered.",
            "Part des événements dont les signaux ne portent aucun choix de la personne, ou qui n’ont pas de signal. Un "
            "navigateur qui s’oppose de lui-même n’a pas répondu.",
        ),
        Text("events without a choice or without a signal", "événements sans choix ou sans signal"),
        Text("events by channel", "événements du canal"),
    ),
    **_measure(
        "disagreements",
        Text("Signals that disagree", "Signaux contradictoires"),
        Text(
            "Do our tags and our consent platform say the same?",
            "Nos balises et notre plateforme de consentement disent-elles la même chose ?",
        ),
        Text(
            "Events of whose signals one says yes to a purpose and another no. The no stands.",
            "Événements dont un signal dit oui à une finalité et un autre non. Le non l’emporte.",
        ),
        Text("pairs of signals that part", "paires de signaux qui divergent"),
        Text("events with a state for the purpose", "événements ayant un état pour la finalité"),
    ),
    **_measure(
        "platform_drift",
        Text("Drift by consent platform", "Dérive par plateforme de consentement"),
        Text(
            "Did a new version of the banner change what people answer?",
            "Une nouvelle version du bandeau a-t-elle changé les réponses ?",
        ),
        Text(
            "States of a purpose by the platform and the version that wrote the TC string. Only declared ones bear their "
            "names; a release that nobody declared shows as a share of the others that grows.",
            "États d’une finalité selon la plateforme et la version qui ont écrit la chaîne TC. Seules celles qui sont "
            "déclarées portent leur nom ; une version non déclarée se voit à la part croissante des autres.",
        ),
        Text(
            "events of one platform, version and state",
            "événements d’une plateforme, d’une version et d’un état",
        ),
        Text("events of that platform and version", "événements de cette plateforme et de cette version"),
    ),
    **_measure(
        "change_latency",
        Text("Time until a choice is honoured", "Délai de prise en compte d’un choix"),
        Text(
            "When someone takes consent back, how long do we go on?",
            "Quand quelqu’un retire son consentement, combien de temps continuons-nous ?",
        ),
        Text(
            "Time from an event that tells a choice to the first event of the same person whose own signals say the same "
            "for every purpose. The person is a keyed hash, remembered for a while in memory alone.",
            "Temps entre un événement qui annonce un choix et le premier événement de la même personne dont les signaux "
            "le confirment pour chaque finalité. La personne est un haché à clé, gardé un temps en mémoire seulement.",
        ),
        Text("seconds, added up", "secondes, additionnées"),
        Text("choices that an event has honoured", "choix pris en compte par un événement"),
    ),
    **_measure(
        "contradictions",
        Text("Exemption contradicted", "Dispense contredite"),
        Text(
            "Is our exempt audience measurement what we declared?",
            "Notre mesure d’audience dispensée est-elle ce que nous avons déclaré ?",
        ),
        Text(
            "Events of a source with an exemption that show a click id, a destination that it does not cover, or another "
            "vendor’s data. They are judged as if nothing were declared.",
            "Événements d’une source dispensée qui montrent un identifiant de clic, une destination non couverte ou les "
            "données d’un autre fournisseur. Ils sont jugés comme si rien n’était déclaré.",
        ),
        Text("events that contradict", "événements qui contredisent"),
        Text("events of the source", "événements de la source"),
    ),
}

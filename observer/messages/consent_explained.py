"""What each consent state and reason means, an example, and how to mend it.

A state is explained under `consent_<state>`, and a reason under its own name; the four reasons that bear the
name of a state (`exempt`, `not_applicable`, `expired`, `malformed`) are explained with it.
"""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text


def _explained(code: str, what: Text, example: Text, mend: Text) -> dict[str, Text]:
    return {f"explain.{code}.what": what, f"explain.{code}.example": example, f"explain.{code}.mend": mend}


_NOTHING_TO_MEND: Final = Text("Nothing to mend.", "Rien à corriger.")

_STATES: Final[Mapping[str, Text]] = {
    **_explained(
        "consent_granted",
        Text(
            "Every signal that speaks of this purpose says yes. Only this state is a yes.",
            "Tous les signaux qui parlent de cette finalité disent oui. Seul cet état vaut un oui.",
        ),
        Text(
            "Segment sends `categoryPreferences: {{advertising: true}}`.",
            "Segment envoie `categoryPreferences: {{advertising: true}}`.",
        ),
        _NOTHING_TO_MEND,
    ),
    **_explained(
        "consent_denied",
        Text(
            "At least one signal says no to this purpose. A no stands, whatever other signals say.",
            "Au moins un signal dit non à cette finalité. Un non l’emporte, quoi que disent les autres signaux.",
        ),
        Text(
            "The TC string grants purpose 4, and Segment sends `advertising: false`.",
            "La chaîne TC accorde la finalité 4, et Segment envoie `advertising: false`.",
        ),
        Text(
            "Respect it: no destination that needs this purpose may use the event.",
            "Le respecter : aucune destination qui exige cette finalité ne peut utiliser l’événement.",
        ),
    ),
    **_explained(
        "consent_missing",
        Text(
            "No choice is known for this purpose. Silence is never consent.",
            "Aucun choix n’est connu pour cette finalité. Le silence ne vaut jamais consentement.",
        ),
        Text(
            "An app event without any consent object.",
            "Un événement de l’application sans aucun objet de consentement.",
        ),
        Text(
            "Have the SDK wait for the consent platform, and let it attach the signal to each event.",
            "Faire attendre au SDK la plateforme de consentement, et lui faire joindre le signal à chaque événement.",
        ),
    ),
    **_explained(
        "consent_expired",
        Text(
            "The choice is older than policy.yaml allows (`maximumChoiceAgeDays`), or was declared expired.",
            "Le choix est plus ancien que ne le permet policy.yaml (`maximumChoiceAgeDays`), ou a été déclaré expiré.",
        ),
        Text(
            "A TC string last updated 200 days before the event, where choices hold for 180 days.",
            "Une chaîne TC mise à jour 200 jours avant l’événement, alors que les choix valent 180 jours.",
        ),
        Text("Ask the person again.", "Reposer la question à la personne."),
    ),
    **_explained(
        "consent_malformed",
        Text(
            "A consent signal came that cannot be read. What cannot be read is never a yes.",
            "Un signal de consentement est arrivé illisible. Ce qui ne se lit pas ne vaut jamais un oui.",
        ),
        Text(
            '`advertising: "true"`, text where true or false is expected; or a TC string cut off at 10 characters.',
            '`advertising: "true"`, du texte au lieu de true ou false ; ou une chaîne TC coupée à 10 caractères.',
        ),
        Text(
            "Look at the code that fills the signal: it most often cuts a cookie or turns true into text.",
            "Regarder le code qui remplit le signal : le plus souvent, il tronque un cookie ou change true en texte.",
        ),
    ),
    **_explained(
        "consent_unknown",
        Text(
            "The signal could be read and not judged, because something is missing on our side.",
            "Le signal se lit mais n’a pas pu être jugé : il manque quelque chose de notre côté.",
        ),
        Text(
            "A TC string names vendor list 142, and only list 140 was given.",
            "Une chaîne TC nomme la liste de fournisseurs 142, et seule la liste 140 a été fournie.",
        ),
        Text(
            "See the reason: give the missing vendor list, or report the format that is not supported.",
            "Voir le motif : fournir la liste de fournisseurs manquante, ou signaler le format non pris en charge.",
        ),
    ),
    **_explained(
        "consent_exempt",
        Text(
            "The law waives consent for this purpose, as declared in policy.yaml with its justification.",
            "La loi dispense cette finalité de consentement, comme le déclare policy.yaml avec sa justification.",
        ),
        Text(
            "Audience measurement of the magazine for its own account, under CNIL’s exemption.",
            "La mesure d’audience du magazine pour son propre compte, selon la dispense de la CNIL.",
        ),
        Text(
            "Check the conditions of the exemption by its review date.",
            "Vérifier les conditions de la dispense avant sa date de revue.",
        ),
    ),
    **_explained(
        "consent_not_applicable",
        Text(
            "The rule does not reach this traffic, as declared in policy.yaml with its justification.",
            "La règle ne vise pas ce trafic, comme le déclare policy.yaml avec sa justification.",
        ),
        Text(
            "A till receipt: nothing is read from a customer’s device.",
            "Un ticket de caisse : rien n’est lu sur l’appareil du client.",
        ),
        Text(
            "Check by its review date that the justification still holds.",
            "Vérifier avant sa date de revue que la justification tient toujours.",
        ),
    ),
}

_CHOICES: Final[Mapping[str, Text]] = {
    **_explained(
        "consent",
        Text(
            "The person consented to every purpose of the destination.",
            "La personne a consenti à toutes les finalités de la destination.",
        ),
        Text("Google Ads, where advertising was accepted.", "Google Ads, quand la publicité a été acceptée."),
        _NOTHING_TO_MEND,
    ),
    **_explained(
        "legitimate_interest",
        Text(
            "A TC string gives the vendor a legitimate interest for a purpose, and the person did not object.",
            "Une chaîne TC donne au fournisseur un intérêt légitime pour une finalité, et la personne ne s’y est pas "
            "opposée.",
        ),
        Text(
            "A vendor that measures advertising (purpose 7) and declares legitimate interest for it.",
            "Un fournisseur qui mesure la publicité (finalité 7) et déclare pour cela un intérêt légitime.",
        ),
        Text(
            "Have your data protection officer confirm it, country by country.",
            "Le faire confirmer par votre délégué à la protection des données, pays par pays.",
        ),
    ),
    **_explained(
        "no_signal",
        Text(
            "The event carries no consent signal at all.",
            "L’événement ne porte aucun signal de consentement.",
        ),
        Text("A `track` call without `context.consent`.", "Un appel `track` sans `context.consent`."),
        Text(
            "Start the SDK after the consent platform, and check it after each release.",
            "Démarrer le SDK après la plateforme de consentement, et le vérifier à chaque version.",
        ),
    ),
    **_explained(
        "no_choice_yet",
        Text(
            "The platform is there, and the person has not chosen for this purpose.",
            "La plateforme est en place, et la personne n’a pas encore choisi pour cette finalité.",
        ),
        Text(
            "An empty `categoryPreferences`, or Snowplow’s `pending`.",
            "Un `categoryPreferences` vide, ou `pending` chez Snowplow.",
        ),
        Text(
            "Hold back such events until the choice is made, or count on not using them.",
            "Retenir ces événements jusqu’au choix, ou renoncer à les utiliser.",
        ),
    ),
    **_explained(
        "refused",
        Text("The person said no.", "La personne a dit non."),
        Text("`advertising: false`.", "`advertising: false`."),
        Text("Respect it.", "Le respecter."),
    ),
    **_explained(
        "partly_refused",
        Text(
            "Several things are needed, and the person refused some of them.",
            "Plusieurs choses sont nécessaires, et la personne en a refusé certaines.",
        ),
        Text(
            "Braze needs personalisation and newsletter; only newsletter was accepted.",
            "Braze exige la personnalisation et la lettre d’information ; seule la lettre a été acceptée.",
        ),
        Text(
            "Respect it, or split the destination by purpose if it can work with less.",
            "Le respecter, ou séparer la destination par finalité si elle peut fonctionner avec moins.",
        ),
    ),
    **_explained(
        "choice_after_event",
        Text(
            "The choice is dated on a later day than the event: when the event happened it was not there.",
            "Le choix est daté d’un jour postérieur à l’événement : il n’existait pas encore.",
        ),
        Text(
            "Events kept on a telephone and sent with the string of the day of sending.",
            "Des événements gardés sur un téléphone et envoyés avec la chaîne du jour de l’envoi.",
        ),
        Text(
            "Attach the signal when the event is created, and check the device’s clock.",
            "Joindre le signal à la création de l’événement, et vérifier l’horloge de l’appareil.",
        ),
    ),
    **_explained(
        "not_declared",
        Text(
            "The event is switched to a destination that its source is not declared to feed, so nobody judged a basis.",
            "L’événement part vers une destination que sa source n’est pas déclarée alimenter : aucune base n’a été jugée.",
        ),
        Text(
            "An app event whose `integrations` switch Criteo on, while only the web shop feeds Criteo.",
            "Un événement de l’application dont `integrations` active Criteo, alors que seule la boutique alimente Criteo.",
        ),
        Text(
            "Declare the source in schemas/consent/destinations.yaml, or switch the integration off.",
            "Déclarer la source dans schemas/consent/destinations.yaml, ou désactiver l’intégration.",
        ),
    ),
    **_explained(
        "withdrawn",
        Text(
            "The person refused in a choice that is newer than the event’s own signal: the yes in it holds no longer.",
            "La personne a refusé par un choix plus récent que le signal de l’événement : le oui qu’il porte ne vaut plus.",
        ),
        Text(
            "“Consent Updated” refused advertising at 10:05; an event of 10:07 still says yes to it.",
            "« Consent Updated » a refusé la publicité à 10 h 05 ; un événement de 10 h 07 y dit encore oui.",
        ),
        Text(
            "Make the SDK read the consent platform again when a choice changes, not once a session.",
            "Faire relire la plateforme de consentement par le SDK à chaque changement, et non une fois par session.",
        ),
    ),
    **_explained(
        "global_privacy_control",
        Text(
            "The browser sends Global Privacy Control, which refuses sale and sharing for the person.",
            "Le navigateur envoie Global Privacy Control, qui refuse vente et partage au nom de la personne.",
        ),
        Text("The header `Sec-GPC: 1`.", "L’en-tête `Sec-GPC: 1`."),
        Text("Respect it.", "Le respecter."),
    ),
}

_RULES: Final[Mapping[str, Text]] = {
    **_explained(
        "vendor_refused",
        Text(
            "The purposes were accepted and this vendor was not.",
            "Les finalités ont été acceptées, mais pas ce fournisseur.",
        ),
        Text(
            "Advertising accepted, vendor 91 switched off in the consent platform.",
            "Publicité acceptée, fournisseur 91 désactivé dans la plateforme de consentement.",
        ),
        Text("Respect it.", "Le respecter."),
    ),
    **_explained(
        "vendor_list_missing",
        Text(
            "The TC string names a version of the vendor list that was not given, so vendors cannot be judged.",
            "La chaîne TC nomme une version de la liste des fournisseurs qui n’a pas été fournie : impossible de "
            "juger.",
        ),
        Text(
            "The string names list 142; only list 140 is in the folder.",
            "La chaîne nomme la liste 142 ; seule la liste 140 est dans le dossier.",
        ),
        Text(
            "Add that version of the list to the folder of vendor lists.",
            "Ajouter cette version au dossier des listes de fournisseurs.",
        ),
    ),
    **_explained(
        "category_unmapped",
        Text(
            "A signal came, and no category that categories.yaml ties to this purpose is in it.",
            "Un signal est arrivé, sans aucune catégorie que categories.yaml rattache à cette finalité.",
        ),
        Text(
            "The platform renamed `advertising` to `marketing`.",
            "La plateforme a renommé `advertising` en `marketing`.",
        ),
        Text(
            "Declare the category in categories.yaml with the purposes that it stands for.",
            "Déclarer la catégorie dans categories.yaml avec les finalités qu’elle recouvre.",
        ),
    ),
    **_explained(
        "policy_outdated",
        Text(
            "The TC string follows a TCF policy older than 4, which has not counted since 30 September 2023.",
            "La chaîne TC suit une politique TCF antérieure à la 4, sans valeur depuis le 30 septembre 2023.",
        ),
        Text("A string of policy 2 updated today.", "Une chaîne de politique 2 mise à jour aujourd’hui."),
        Text("Update the consent platform.", "Mettre à jour la plateforme de consentement."),
    ),
    **_explained(
        "scope_invalid",
        Text(
            "The TC string claims to hold for all sites at once. Such consent no longer exists.",
            "La chaîne TC prétend valoir pour tous les sites à la fois. Un tel consentement n’existe plus.",
        ),
        Text("The bit IsServiceSpecific is 0.", "Le bit IsServiceSpecific vaut 0."),
        Text(
            "Configure the consent platform for service-specific consent.",
            "Configurer la plateforme pour un consentement propre au service.",
        ),
    ),
    **_explained(
        "disclosure_missing",
        Text(
            "TCF 2.3 asks each string made since 1 March 2026 to say which vendors were shown. This one does not.",
            "Le TCF 2.3 exige que toute chaîne créée depuis le 1er mars 2026 dise quels fournisseurs ont été "
            "présentés. Celle-ci ne le dit pas.",
        ),
        Text(
            "A string of one segment, updated in April 2026.",
            "Une chaîne d’un seul segment, mise à jour en avril 2026.",
        ),
        Text("Update the consent platform to TCF 2.3.", "Passer la plateforme de consentement au TCF 2.3."),
    ),
    **_explained(
        "vendor_not_disclosed",
        Text(
            "The TC string does not name this vendor among those that were shown to the person.",
            "La chaîne TC ne compte pas ce fournisseur parmi ceux qui ont été présentés à la personne.",
        ),
        Text(
            "A vendor added to the site and not to the consent platform.",
            "Un fournisseur ajouté au site et pas à la plateforme de consentement.",
        ),
        Text(
            "Add the vendor to the consent platform, or read disclosure leniently (`strictDisclosure: false`).",
            "Ajouter le fournisseur à la plateforme, ou lire la présentation avec souplesse "
            "(`strictDisclosure: false`).",
        ),
    ),
    **_explained(
        "vendor_not_listed",
        Text(
            "The vendor list that the string names does not hold this vendor, or has deleted it.",
            "La liste que nomme la chaîne ne contient pas ce fournisseur, ou l’a supprimé.",
        ),
        Text(
            "A wrong `tcfVendorId` in destinations.yaml.", "Un `tcfVendorId` erroné dans destinations.yaml."
        ),
        Text(
            "Correct `tcfVendorId`, or remove it if the vendor is not part of the TCF.",
            "Corriger `tcfVendorId`, ou le retirer si le fournisseur ne fait pas partie du TCF.",
        ),
    ),
    **_explained(
        "purpose_not_declared",
        Text(
            "In the vendor list this vendor does not declare a TCF purpose that we need, or not on a basis that the "
            "law accepts for it.",
            "Dans la liste, ce fournisseur ne déclare pas une finalité TCF dont nous avons besoin, ou pas sur une "
            "base que la loi admet.",
        ),
        Text(
            "A measurement vendor used for personalised advertising.",
            "Un fournisseur de mesure utilisé pour de la publicité personnalisée.",
        ),
        Text(
            "Check the purposes of the destination, and their `tcf` numbers in purposes.yaml.",
            "Vérifier les finalités de la destination, et leurs numéros `tcf` dans purposes.yaml.",
        ),
    ),
    **_explained(
        "publisher_restricted",
        Text(
            "The site’s own settings in the consent platform forbid this vendor the purpose or its basis.",
            "Les réglages du site dans la plateforme interdisent à ce fournisseur la finalité ou sa base.",
        ),
        Text(
            "A publisher restriction of type 0 on purpose 4.",
            "Une restriction d’éditeur de type 0 sur la finalité 4.",
        ),
        Text(
            "Align the restrictions in the consent platform with what the destination is for.",
            "Accorder les restrictions de la plateforme à l’usage de la destination.",
        ),
    ),
    **_explained(
        "signal_unsupported",
        Text(
            "A consent signal came in a format that the observer does not judge, so it is never a yes.",
            "Un signal de consentement est arrivé dans un format que l’observateur ne juge pas : jamais un oui.",
        ),
        Text(
            "Didomi’s binary string `didomi_dcs`, or the TCF string of Canada.",
            "Le texte binaire `didomi_dcs` de Didomi, ou la chaîne TCF du Canada.",
        ),
        Text(
            "Send the choice in a supported format, as Segment’s categories or a TC string.",
            "Envoyer le choix dans un format pris en charge, comme les catégories de Segment ou une chaîne TC.",
        ),
    ),
}

TEXTS: Final[Mapping[str, Text]] = {**_STATES, **_CHOICES, **_RULES}

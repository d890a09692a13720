"""Consent states, bases and refusals in plain words."""

from collections.abc import Mapping
from typing import Final

from observer.messages import consent_explained
from observer.messages.text import Text

_STATES: Final[Mapping[str, Text]] = {
    "consent.state.granted": Text("granted", "accordé"),
    "consent.state.denied": Text("refused", "refusé"),
    "consent.state.missing": Text("no choice known", "aucun choix connu"),
    "consent.state.expired": Text("choice too old", "choix trop ancien"),
    "consent.state.malformed": Text("signal unreadable", "signal illisible"),
    "consent.state.unknown": Text("could not be judged", "impossible à juger"),
    "consent.state.exempt": Text("needs no consent by law", "dispensé de consentement par la loi"),
    "consent.state.not_applicable": Text("not concerned", "non concerné"),
}

_REASONS: Final[Mapping[str, Text]] = {
    "consent.reason.consent": Text("consent was given", "le consentement a été donné"),
    "consent.reason.legitimate_interest": Text(
        "legitimate interest, and nobody objected", "intérêt légitime, sans opposition"
    ),
    "consent.reason.exempt": Text(
        "exempt from consent, as declared", "dispensé de consentement, comme déclaré"
    ),
    "consent.reason.not_applicable": Text(
        "the rule does not reach this traffic, as declared", "la règle ne vise pas ce trafic, comme déclaré"
    ),
    "consent.reason.no_signal": Text(
        "the event carries no consent signal", "l’événement ne porte aucun signal de consentement"
    ),
    "consent.reason.no_choice_yet": Text("no choice was made yet", "aucun choix n’a encore été fait"),
    "consent.reason.refused": Text("the person refused", "la personne a refusé"),
    "consent.reason.partly_refused": Text(
        "the person refused a part of what is needed", "la personne a refusé une partie de ce qu’il faut"
    ),
    "consent.reason.expired": Text("the choice is too old", "le choix est trop ancien"),
    "consent.reason.malformed": Text(
        "the consent signal cannot be read", "le signal de consentement est illisible"
    ),
    "consent.reason.vendor_refused": Text(
        "the person refused this vendor", "la personne a refusé ce fournisseur"
    ),
    "consent.reason.vendor_list_missing": Text(
        "the vendor list that the signal names is not here",
        "la liste de fournisseurs que nomme le signal n’est pas disponible",
    ),
    "consent.reason.category_unmapped": Text(
        "no declared category answers for this purpose",
        "aucune catégorie déclarée ne répond de cette finalité",
    ),
    "consent.reason.policy_outdated": Text(
        "the signal follows a TCF policy that no longer holds",
        "le signal suit une politique TCF qui n’est plus en vigueur",
    ),
    "consent.reason.scope_invalid": Text(
        "the signal claims consent for many sites at once",
        "le signal prétend valoir pour plusieurs sites à la fois",
    ),
    "consent.reason.disclosure_missing": Text(
        "the signal does not say which vendors were shown",
        "le signal ne dit pas quels fournisseurs ont été présentés",
    ),
    "consent.reason.vendor_not_disclosed": Text(
        "this vendor was not shown to the person", "ce fournisseur n’a pas été présenté à la personne"
    ),
    "consent.reason.vendor_not_listed": Text(
        "this vendor is not in the vendor list", "ce fournisseur n’est pas dans la liste des fournisseurs"
    ),
    "consent.reason.purpose_not_declared": Text(
        "this vendor declares no sufficient basis for this purpose",
        "ce fournisseur ne déclare aucune base suffisante pour cette finalité",
    ),
    "consent.reason.publisher_restricted": Text(
        "the publisher does not allow it to this vendor", "l’éditeur ne le permet pas à ce fournisseur"
    ),
    "consent.reason.choice_after_event": Text(
        "the choice is later than the event", "le choix est postérieur à l’événement"
    ),
    "consent.reason.not_declared": Text(
        "nobody declared that this source feeds it", "personne n’a déclaré que cette source l’alimente"
    ),
    "consent.reason.withdrawn": Text(
        "the person has taken the consent back", "la personne a retiré son consentement"
    ),
    "consent.reason.global_privacy_control": Text(
        "the browser objects on the person’s behalf", "le navigateur s’y oppose au nom de la personne"
    ),
    "consent.reason.signal_unsupported": Text(
        "the format of the signal is not supported", "le format du signal n’est pas pris en charge"
    ),
}

_FORMATS: Final[Mapping[str, Text]] = {
    "consent.format.tcf": Text("a TC string of the TCF 2", "un texte au format TC du TCF 2"),
    "consent.format.tcf_canada": Text(
        "a TC string of the TCF in Canada", "un texte au format TC du TCF au Canada"
    ),
    "consent.format.onetrust": Text("OneTrust’s cookie", "le cookie de OneTrust"),
    "consent.format.onetrust_groups": Text(
        "OneTrust’s list of active groups", "la liste des groupes actifs de OneTrust"
    ),
    "consent.format.didomi_token": Text("Didomi’s token", "le jeton de Didomi"),
    "consent.format.didomi_dcs": Text("Didomi’s consent string", "le texte de consentement de Didomi"),
    "consent.format.commanders_act": Text(
        "the cookie TC_PRIVACY of Commanders Act", "le cookie TC_PRIVACY de Commanders Act"
    ),
    "consent.format.axeptio": Text("Axeptio’s cookie", "le cookie d’Axeptio"),
    "consent.format.axeptio_vendors": Text(
        "Axeptio’s list of authorised vendors", "la liste des fournisseurs autorisés d’Axeptio"
    ),
    "consent.format.keyed": Text(
        "an object of consent cookies by name", "un objet de cookies de consentement par nom"
    ),
    "consent.format.gpp": Text("a GPP string", "un texte au format GPP"),
    "consent.format.us_privacy": Text(
        "a US Privacy string of four characters", "un texte US Privacy de quatre caractères"
    ),
    "consent.format.decide": Text(
        "an object with `tcString`, `vendorId` and `purposeId`",
        "un objet avec `tcString`, `vendorId` et `purposeId`",
    ),
    "consent.format.segment": Text("Segment’s consent object", "l’objet de consentement de Segment"),
    "consent.format.rudderstack": Text(
        "RudderStack’s consent management object", "l’objet de gestion du consentement de RudderStack"
    ),
    "consent.format.ga4": Text(
        "the consent object of Google’s Measurement Protocol",
        "l’objet de consentement du Measurement Protocol de Google",
    ),
    "consent.format.snowplow_preferences": Text(
        "the data of Snowplow’s consent preferences event",
        "le contenu de l’événement de préférences de consentement de Snowplow",
    ),
    "consent.format.snowplow_gdpr": Text("Snowplow’s GDPR entity", "l’entité RGPD de Snowplow"),
    "consent.format.gcd": Text(
        "the `gcd` parameter of Google’s Consent Mode", "le paramètre `gcd` du Consent Mode de Google"
    ),
    "consent.format.gcs": Text(
        "the `gcs` parameter of Google’s Consent Mode", "le paramètre `gcs` du Consent Mode de Google"
    ),
    "consent.format.gpc": Text("a Global Privacy Control value", "une valeur de Global Privacy Control"),
    "consent.format.page_url": Text(
        "the consent parameters of a page’s address", "les paramètres de consentement de l’adresse d’une page"
    ),
    "consent.format.openrtb": Text(
        "the objects `regs` and `user` of OpenRTB", "les objets `regs` et `user` d’OpenRTB"
    ),
    "consent.format.google_ac": Text(
        "Google’s additional consent string", "le texte de consentement additionnel de Google"
    ),
    "consent.format.gdpr": Text("the flag `gdpr`, 0 or 1", "l’indicateur `gdpr`, 0 ou 1"),
    "consent.format.uet": Text(
        "the `asc` parameter of Microsoft’s UET, G or D", "le paramètre `asc` de l’UET de Microsoft, G ou D"
    ),
    "consent.format.plain": Text(
        "an object of categories and true or false", "un objet de catégories et de true ou false"
    ),
}

_MALFORMED: Final[Mapping[str, Text]] = {
    "consent.malformed.too_long": Text(
        "a signal longer than any real one", "un signal plus long que tout vrai signal"
    ),
    "consent.malformed.empty": Text("an empty text", "un texte vide"),
    "consent.malformed.empty_segment": Text(
        "a text with an empty segment", "un texte dont un segment est vide"
    ),
    "consent.malformed.too_many_segments": Text(
        "a text of more segments than any real one", "un texte de plus de segments que tout vrai signal"
    ),
    "consent.malformed.bad_character": Text(
        "a character that the format does not have", "un caractère étranger au format"
    ),
    "consent.malformed.unknown_version": Text(
        "a version that does not exist or no longer holds", "un numéro de version inconnu ou périmé"
    ),
    "consent.malformed.core_missing": Text(
        "a text without its main segment", "un texte sans son segment principal"
    ),
    "consent.malformed.core_not_first": Text(
        "a text whose main segment is not the first",
        "un texte dont le segment principal n’est pas le premier",
    ),
    "consent.malformed.core_twice": Text(
        "a text with two main segments", "un texte avec deux segments principaux"
    ),
    "consent.malformed.truncated": Text(
        "a text that ends before its last field", "un texte qui s’arrête avant son dernier champ"
    ),
    "consent.malformed.inverted_range": Text(
        "a range that ends before it begins", "un intervalle qui finit avant de commencer"
    ),
    "consent.malformed.vendor_zero": Text("vendor number 0", "le fournisseur numéro 0"),
    "consent.malformed.restriction_purpose_zero": Text(
        "a restriction of purpose number 0", "une restriction de la finalité numéro 0"
    ),
    "consent.malformed.not_gpp": Text(
        "a text that does not begin as a GPP string", "un texte qui ne commence pas comme un texte GPP"
    ),
    "consent.malformed.section_count": Text(
        "more or fewer sections than the header names", "plus ou moins de sections que n’en nomme l’en-tête"
    ),
    "consent.malformed.section_missing": Text(
        "a section in force that the string does not hold",
        "une section en vigueur que le texte ne contient pas",
    ),
    "consent.malformed.too_many_ranges": Text(
        "a text of more ranges than any real one", "un texte de plus d’intervalles que tout vrai signal"
    ),
    "consent.malformed.id_too_large": Text(
        "a number larger than any real one", "un numéro plus grand que tout vrai numéro"
    ),
    "consent.malformed.undefined_choice": Text(
        "a choice with the value 3, which has no meaning", "un choix de valeur 3, qui n’a pas de sens"
    ),
    "consent.malformed.unknown_subsection": Text(
        "a sub-section that the section does not have", "une sous-section que la section n’a pas"
    ),
    "consent.malformed.gpc_twice": Text(
        "two sub-sections of Global Privacy Control", "deux sous-sections de Global Privacy Control"
    ),
    "consent.malformed.bad_date": Text("a date that cannot be read", "une date illisible"),
    "consent.malformed.not_json": Text("a text that is not JSON", "un texte qui n’est pas du JSON"),
    "consent.malformed.duplicate_key": Text(
        "an object with the same key twice", "un objet où une clé figure deux fois"
    ),
    "consent.malformed.wrong_kind": Text("a value of another kind", "une valeur d’une autre nature"),
    "consent.malformed.wrong_shape": Text("a text of another shape", "un texte d’une autre forme"),
    "consent.malformed.unknown_choice": Text(
        "a choice that the format does not know", "un choix inconnu du format"
    ),
}

_DECLARED: Final[Mapping[str, Text]] = {
    "consent.expected.declared_purpose": Text(
        "a purpose declared in purposes.yaml", "une finalité déclarée dans purposes.yaml"
    ),
    "consent.expected.declared_destination": Text(
        "a destination declared in destinations.yaml", "une destination déclarée dans destinations.yaml"
    ),
    "consent.expected.once": Text("each of them once", "chacun une seule fois"),
    "consent.expected.scope": Text(
        "the sources or the channels that the exemption is for",
        "les sources ou les canaux que vise la dispense",
    ),
    "consent.expected.own_version": Text("one file for each version", "un seul fichier par version"),
    "consent.expected.no_purpose_one": Text(
        "a country under whose rule TCF purpose 1 needs no consent",
        "un pays dont la règle ne demande pas de consentement à la finalité 1 du TCF",
    ),
    "consent.came.again": Text("`{name}` again", "`{name}` une seconde fois"),
    "consent.came.no_scope": Text("neither", "ni les unes ni les autres"),
}

TEXTS: Final[Mapping[str, Text]] = {
    **_STATES,
    **_REASONS,
    **_FORMATS,
    **_MALFORMED,
    **_DECLARED,
    **consent_explained.TEXTS,
}

"""Codes of the register in words: rules, calendars, flags, fates, scripts. A code without words is not shown."""

from __future__ import annotations

from collections.abc import Mapping

from cenotaph.publishing.site.words import Words

FATE: Mapping[str, str] = {"killed": "Killed", "died": "Died", "disappeared": "Disappeared"}
CODE: Mapping[str, str] = {
    "male": "male",
    "female": "female",
    "other": "other",
    "killed": "killed",
    "died": "dead",
    "disappeared": "disappeared",
    "alive": "alive",
    "unknown": "unknown",
    "returned": "returned to the family",
    "claimed": "a burial place is claimed",
    "concealed": "concealed",
    "yes": "yes",
    "no": "no",
}
RULE: Mapping[str, str] = {
    "choice": "The value shown was chosen by a reviewer; the others stand beside it.",
    "support": "The value shown is the one that more independent lists support.",
    "precision": "The lists support these equally; the value shown says more.",
    "earliest": "The lists support these equally; the value shown was entered first.",
}
CALENDAR: Mapping[str, str] = {
    "persian": "Solar Hijri",
    "gregory": "Gregorian",
    "islamic": "lunar Hijri",
    "julian": "Julian",
    "imperial": "Imperial",
}
SCRIPT: Mapping[str, str] = {
    "Latn": "Latin script",
    "Arab": "Arabic script",
    "Cyrl": "Cyrillic script",
    "Hebr": "Hebrew script",
    "Grek": "Greek script",
}
COVERS: Mapping[str, str] = {"period": "period", "manner": "manner of death", "place": "place"}
FLAG: Mapping[str, str] = {
    "ambiguous": "day and month could be exchanged",
    "flattened": "the list fills in the first of the month; the day is doubtful",
    "approximate": "approximate",
    "uncertain": "uncertain",
    "calendar": "the calendar is not certain",
    "order": "the order of day and month is not the list's usual one",
    "conflict": "the parts of the date contradict each other",
    "weekday": "the weekday does not fit",
    "century": "the century is not written",
    "birth-year": "a year of birth in the place of an age",
    "implausible": "no age anybody reaches",
}
FOLLOWS: Mapping[str, str] = {
    "killed_after_term": "Killed after the term had ended",
    "died_after_term": "Died after the term had ended",
    "killed_while_serving": "Killed while serving a sentence",
    "died_while_serving": "Died while serving a sentence",
    "killed_after_commission": "Killed after a commission session, without a new trial",
    "died_after_commission": "Died after a commission session, without a new trial",
    "tried_again": "Tried again for the same charge",
    "minor_at_arrest": "Under eighteen when arrested",
    "minor_at_death": "Under eighteen at death",
    "held_without_trial": "Held without trial",
    "arrested_with_relatives": "Arrested with relatives",
    "continuing_disappearance": "Can be a continuing enforced disappearance, which is for a court to find",
}
CERTAINTY: Mapping[str, str] = {
    "certain": "certain if these statements are true, however they are read",
    "possible": "possible: the statements leave it open, or differ",
}
DOUBT: Mapping[str, str] = {
    "untold": "a source gives neither date nor place; only its number joins it to the others",
    "either": "one of the sources may mean another time than this",
    "apart": "no single source tells this apart from another such act; it may be the same, with its date in dispute",
}
SITE_KIND: Mapping[str, str] = {
    "prison": "Prisons and places of detention",
    "burial": "Burial sites",
    "court": "Courts",
    "garrison": "Garrisons",
    "other": "Other places",
}
ONE_SITE: Mapping[str, str] = {
    "prison": "Prison or place of detention",
    "burial": "Burial site",
    "court": "Court",
    "garrison": "Garrison",
    "other": "Other place",
}
SITE_EVENT: Mapping[str, str] = {
    "used": "In use",
    "found": "Found",
    "bulldozed": "Bulldozed",
    "built-over": "Built over",
    "guarded": "Guarded or closed off",
    "mourning-forbidden": "Forbidden to mourners",
    "marked": "Marked",
    "exhumed": "Exhumed",
    "closed-down": "Closed down",
}
SITE_LINK: Mapping[str, str] = {"death": "Died here", "burial": "Buried here", "detention": "Held here"}
SITE_GRADE: Mapping[str, str] = {
    "several": "several independent sources",
    "one": "one source",
    "uncertain": "only in words that are not certain",
}
POSITION: Mapping[str, str] = {
    "site": "The position is shown, rounded.",
    "town": "Only the town is shown.",
    "province": "Only the province is shown.",
    "none": "The position is not shown.",
}
BASIS: Mapping[str, str] = {
    "court": "Court finding",
    "document": "Official document",
    "several": "Several independent sources",
    "one": "One source",
    "source": "Source",
}
FINALITY: Mapping[str, str] = {"final": "final", "appeal": "an appeal is pending", "overturned": "overturned"}
ACT: Mapping[str, str] = {
    "death": "Deaths",
    "burial": "Burials",
    "detention": "Detentions",
    "commission": "Commission sessions",
    "arrest": "Arrests",
    "disappearance": "Disappearances",
}
STATE: Mapping[str, str] = {
    "converged": "the chains agree",
    "modes_disagree": "the chains disagree: no figure",
    "withheld": "gives no figure for these lists",
    "fitted": "computed",
    "computed": "computed",
}


def said(table: Mapping[str, str], code: str, words: Words) -> str:
    """Return a code in words, nothing when the table has none."""
    return words.say(table[code]) if code in table else ""

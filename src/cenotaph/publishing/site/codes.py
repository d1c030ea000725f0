"""Codes of the register in words: rules, calendars, flags, fates, scripts. A code without words is not shown."""

from __future__ import annotations

from collections.abc import Mapping

from cenotaph.publishing.site.words import Words

FATE: Mapping[str, str] = {"killed": "Killed", "disappeared": "Disappeared"}
CODE: Mapping[str, str] = {
    "male": "male",
    "female": "female",
    "other": "other",
    "killed": "killed",
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
    "ambiguous": "the date can be read in more than one way",
    "flattened": "the list fills in the first of the month; the day is doubtful",
    "approximate": "approximate",
    "uncertain": "uncertain",
    "calendar": "the calendar is not certain",
    "order": "the order of day and month is not the list's usual one",
    "conflict": "the parts of the date contradict each other",
    "weekday": "the weekday does not fit",
    "either": "one of several dates, not the time between them",
    "no-such-day": "the month does not have this day",
    "century": "the century is not written",
    "birth-year": "a year of birth in the place of an age",
    "implausible": "no age anybody reaches",
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

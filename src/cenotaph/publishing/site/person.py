"""What stands on a person's page: the value shown, then every public claim with its source.

Invariant: only what some source says takes up room. A person of whom nothing but a name is known gets a page with a
name, not forty empty fields.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from minijinja import Markup

from cenotaph.publishing.public import (
    Criterion,
    PublicAge,
    PublicCase,
    PublicClaim,
    PublicCode,
    PublicDate,
    PublicList,
    PublicNaming,
    PublicPerson,
    PublicPlace,
    PublicValue,
)
from cenotaph.publishing.safe import usual_script
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.moments import reading, span
from cenotaph.publishing.site.runs import claim_run, isolate, run, where
from cenotaph.publishing.site.story import StoryView
from cenotaph.publishing.site.terms import term
from cenotaph.publishing.site.words import Words
from cenotaph.registry.acts import ONCE
from cenotaph.values import properties
from cenotaph.values.folding import fold

# What a reader looks for first; the rest follows in the order of the property table. Names stand above.
_FIRST = ("disappearance.date", "disappearance.place", "death.date", "death.site", "death.place", "death.region",
          "death.manner", "age", "birth.date", "birth.place", "occupation", "arrest.date", "arrest.place",
          "detention.place", "burial.place")  # fmt: skip
_HEADLINE = frozenset({"name", "name.given", "name.family", "fate"})
_NOT_A_FACT = frozenset({"affiliation", "source.document", "source.page", "death.cause"})
_NAME_KEYS = frozenset({"name", "name.given", "name.family", "name.alias"})
_SPARSE = 3
_CONTRADICTORY = 2


class PersonView:
    """Makes what the template of a person prints, in one language.

    Parameters
    ----------
    case
        Titles of lists and words of the criteria.
    words
        The words of the language.
    """

    def __init__(self, case: PublicCase, words: Words) -> None:
        self.case = case
        self.words = words
        self._dates: dict[PublicDate, str] = {}
        self._ranks = {key: rank for rank, key in enumerate(dict.fromkeys([*_FIRST, *properties.PROPERTIES]))}
        self._status = {rule.name: self._criterion(rule) for rule in reversed(case.criteria)}
        self._labels = {name: each.label(words.language) for name, each in properties.PROPERTIES.items()}
        self.story = StoryView(words, self.shown)
        self._titles = {name: _title(row) for name, row in case.lists.items()}

    def view(self, person: PublicPerson, linked: str) -> dict[str, Any]:
        """Return the parts of the page; ``linked`` is the person as JSON-LD, the same in every language."""
        heading, others = self._headings(person)
        ordered = sorted(person.values, key=lambda v: (self._ranks.get(v.property, 999), v.index))
        told = self.story.acts(person)
        facts = [self._fact(value) for value in ordered if _is_fact(value) and not (told and _is_told(value))]
        return {
            "id": person.id,
            "title": heading.text if heading else self.words.say("Name not known"),
            "heading": claim_run(heading) if heading else self.words.say("Name not known"),
            "others": [claim_run(claim) for claim in others],
            "fate": self._fate(person),
            "facts": facts,
            "sparse": len(facts) < _SPARSE,
            "namings": self._namings(person.namings),
            "status": self._status.get(person.status, {"title": person.status, "text": ""}),
            "fates": self._fates(person),
            "contradiction": "alive" in person.fates,  # disappeared and dead can both be true
            "remains": self._remains(person),
            "acts": told,
            "follows": self.story.follows(person),
            "groups": [self._group(value) for value in self._by_name(ordered)],
            "linked": linked,
        }

    def _by_name(self, ordered: Sequence[PublicValue]) -> list[PublicValue]:
        """Names first, then the order of the facts."""
        return sorted(ordered, key=lambda value: value.property not in _NAME_KEYS)

    def _headings(self, person: PublicPerson) -> tuple[PublicClaim | None, list[PublicClaim]]:
        order = sorted(person.names, key=lambda script: (script != self.words.script, script != "Latn", script))
        claims = [person.names[script] for script in order]
        return (claims[0], claims[1:]) if claims else (None, [])

    def _fate(self, person: PublicPerson) -> str:
        """Say what happened as what it is: a statement of so many lists."""
        return self.words.count(
            "{fate}, according to {n} list",
            "{fate}, according to {n} lists",
            len(person.fates.get(person.fate, ())),
            fate=codes.said(codes.FATE, person.fate, self.words),
        )

    def _fates(self, person: PublicPerson) -> list[str]:
        """Say who states what when sources state different fates; a death is no other fate than a killing."""
        stated = set(person.fates) - ({"died"} if "killed" in person.fates else set())
        if len(stated) < _CONTRADICTORY:
            return []
        return [
            self.words.say(
                "Stated {fate} by: {lists}.", fate=codes.said(codes.CODE, fate, self.words), lists=self._together(names)
            )
            for fate, names in person.fates.items()
        ]

    def _remains(self, person: PublicPerson) -> list[str]:
        """Say what is stated of the remains, each as what it is: a statement of so many lists."""
        return [
            self.words.count(
                "The remains: {what}, according to {n} list.",
                "The remains: {what}, according to {n} lists.",
                len(names),
                what=codes.said(codes.CODE, what, self.words),
            )
            for what, names in person.whereabouts.items()
        ]

    def _together(self, names: Sequence[str]) -> str:
        return self.words.say(", ").join(self.case.lists[name].title for name in names if name in self.case.lists)

    def _fact(self, value: PublicValue) -> dict[str, Any]:
        shown, note = self.shown(value)
        label = self._labels[value.property]
        return {
            "label": self._numbered(label, value.index),
            "shown": shown,
            "note": note,
            "differ": value.disputed,
        }

    def _numbered(self, label: str, index: int) -> str:
        return label if index == 1 else self.words.say("{label}, {n}", label=label, n=self.words.number(index))

    def shown(self, value: PublicValue) -> tuple[Markup | str, str]:
        """Return a value as the language writes it, and what is doubtful about it."""
        claim = readable(value, self.words.language)
        known = "" if claim.script == self.words.script else term(value.property, claim, self.words)
        return (known, "") if known else self._shown(claim)

    def _shown(self, claim: PublicClaim) -> tuple[Markup | str, str]:
        """Return the value as the language writes it; what cannot be read stands as it is written."""
        if isinstance(claim.reading, PublicAge | PublicCode):
            return self.read(claim) or claim_run(claim), ""
        if isinstance(claim.reading, PublicDate):
            return self.read(claim), self._doubt(claim.reading)
        return claim_run(claim), ""

    def _doubt(self, date: PublicDate) -> str:
        if not date.alternatives:
            return ""
        earliest, latest, calendar = date.alternatives[0]
        if earliest is None and latest is None:
            return ""
        other = span(earliest, latest, self.words)
        name = codes.said(codes.CALENDAR, calendar, self.words)
        other = f"{other} ({name})" if name and name not in other else other
        return self.words.say("or, read otherwise, {other}", other=other)

    def read(self, claim: PublicClaim) -> str:
        """Return what is read in a claim, in words; nothing where nothing is read beyond the text."""
        found = claim.reading
        if isinstance(found, PublicDate):
            if found not in self._dates:
                self._dates[found] = reading(found, self.words)
            return self._dates[found]
        if isinstance(found, PublicAge):
            return self._age(found)
        if isinstance(found, PublicPlace):
            return "" if fold(found.name) == fold(claim.text) else found.name
        return codes.said(codes.CODE, found.code, self.words) if isinstance(found, PublicCode) else ""

    def _age(self, age: PublicAge) -> str:
        low, high = ("" if end is None else self.words.number(end) for end in (age.low, age.high))
        if low and high:
            return low if low == high else self.words.say("{low} to {high}", low=low, high=high)
        if not low and not high:
            return ""
        return self.words.say("{age} or more", age=low) if low else self.words.say("{age} or less", age=high)

    def _namings(self, namings: Sequence[PublicNaming]) -> list[dict[str, Any]]:
        """Return a line a list, with every place where it names the person."""
        found: dict[tuple[object, ...], list[PublicNaming]] = {}
        for naming in namings:
            found.setdefault((naming.list, naming.cited_by, naming.withdrawn), []).append(naming)
        return [
            {
                "anchor": first.list,
                "title": self._titles[first.list],
                "cited": self._titles[first.cited_by] if first.cited_by else "",
                "where": self._places([naming.locator for naming in group]),
                "withdrawn": first.withdrawn,
            }
            for group in found.values()
            for first in group[:1]
        ]

    def _criterion(self, rule: Criterion) -> dict[str, str]:
        return {"title": self.words.choose(rule.title)[0], "text": self.words.choose(rule.text)[0]}

    def _group(self, value: PublicValue) -> dict[str, Any]:
        said = self._gathered(value.claims)
        why = codes.said(codes.RULE, value.rule, self.words) if len(said) > 1 and value.disputed else ""
        return {
            "label": self._numbered(self._labels[value.property], 1 if value.property in _NAME_KEYS else value.index),
            "claims": [self._claim(claims, value, many=len(said) > 1) for claims in said],
            "why": why,
            "rows": len(said) + bool(why),
        }

    def _gathered(self, claims: Sequence[PublicClaim]) -> list[list[PublicClaim]]:
        """Gather what one list says in the same words in several rows: it is said once, with every place."""
        found: dict[tuple[object, ...], list[PublicClaim]] = {}
        for claim in claims:
            found.setdefault((claim.list, claim.text, claim.reading, claim.compatible), []).append(claim)
        return list(found.values())

    def _claim(self, claims: Sequence[PublicClaim], value: PublicValue, *, many: bool) -> dict[str, Any]:
        claim = claims[0]
        return {
            "text": claim_run(claim),
            "chosen": many and value.chosen in claims and value.property not in _NAME_KEYS,
            "against": value.disputed and not claim.compatible,
            "reading": self._with_calendar(claim) or self._as_term(claim, value),
            "flags": self._flags(claim),
            "list": self._titles[claim.list],
            "where": self._places(["", *(each.locator for each in claims)]),
            "script": codes.said(codes.SCRIPT, claim.script, self.words),
        }

    def _as_term(self, claim: PublicClaim, value: PublicValue) -> str:
        known = term(value.property, claim, self.words)
        return "" if fold(known) == fold(claim.text) else known

    def _places(self, locators: Sequence[str]) -> str:
        return self.words.say(", ").join(where(locator, self.words) for locator in dict.fromkeys(locators))

    def _with_calendar(self, claim: PublicClaim) -> Markup | str:
        """Return what is read: a date with the calendar it was read in, a place by the gazetteer's name."""
        text = self.read(claim)
        if text == claim.text and not isinstance(claim.reading, PublicDate):
            return ""  # nothing was read that is not written
        if isinstance(claim.reading, PublicDate):
            name = codes.said(codes.CALENDAR, claim.reading.calendar, self.words)
            return (
                Markup(f'{html.escape(text)} <span class="script">{html.escape(name)}</span>')
                if name and name not in text
                else text
            )
        return isolate(text) if isinstance(claim.reading, PublicPlace) and text else text

    def _flags(self, claim: PublicClaim) -> list[str]:
        if not isinstance(claim.reading, PublicDate | PublicAge):
            return []
        doubt = self._doubt(claim.reading) if isinstance(claim.reading, PublicDate) else ""
        told = [codes.said(codes.FLAG, flag, self.words) for flag in claim.reading.flags]
        return [text for text in (*told, doubt) if text]


def readable(value: PublicValue, language: str) -> PublicClaim:
    """Return the claim to show above the others: the chosen one, or one that agrees with it in the reader's script."""
    wanted = usual_script(language)
    if value.kind not in ("place", "text") or value.chosen.script == wanted:
        return value.chosen
    return next((claim for claim in value.claims if claim.compatible and claim.script == wanted), value.chosen)


def _is_told(value: PublicValue) -> bool:
    """Say whether a value is told with the acts, and need not stand among the facts as well."""
    return properties.property_of(value.property).act not in ("", *ONCE, "event", "disappearance")


def _is_fact(value: PublicValue) -> bool:
    """Say whether a value stands above the claims; an age that is none stands among them only."""
    reading = value.chosen.reading
    said = not isinstance(reading, PublicAge) or reading.is_known
    return said and value.property not in _HEADLINE | _NOT_A_FACT


def _title(row: PublicList) -> Markup:
    return run(row.title, row.language) if row.language else isolate(row.title)

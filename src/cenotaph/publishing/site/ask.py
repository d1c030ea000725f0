"""The page that answers questions: tables of words and of answers for the browser, and lists for readers without it.

Invariant: every word and every date is read by ``registry.asking`` here and only looked up there; every answer was
given by the guard. The files are classic scripts, because a page opened from a disk may load nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minijinja import Markup

from cenotaph.publishing.asked import Askable, forms, identity
from cenotaph.publishing.public import Card, PublicClaim, PublicCode, PublicDate, PublicList, PublicValue
from cenotaph.publishing.safe import script_json
from cenotaph.publishing.site import codes, periods
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import reading
from cenotaph.publishing.site.runs import isolate, where
from cenotaph.publishing.site.words import Words
from cenotaph.registry.asking import Kind, Term
from cenotaph.registry.asking import words as question_words
from cenotaph.registry.asking.placing import places
from cenotaph.values import PROPERTIES, date_words, gazetteer

A_FILE = 300  # persons whose grounds are in one file
A_LIST = 3000  # people on a list without JavaScript; a longer one would be no page
_SURE = {"certain": 2, "possible": 1}
_HEADINGS = {"certain": "Certain, if what these sources say is true", "possible": "Possible: the sources leave it open"}
_DATES = ("death.date", "disappearance.date")


def scripts(askable: Askable, cards: Sequence[Card], lists: Mapping[str, PublicList]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the browser asks: words, people, and grounds in portions."""
    order = list(lists)
    yield "ask/words.js", _script("cenotaphWords", _words(askable, cards, lists))
    yield "ask/people.js", _script("cenotaphPeople", [_person(card) for card in cards])
    for at in range(0, len(cards), A_FILE):
        grounds = [_grounds(card, order) for card in cards[at : at + A_FILE]]
        yield f"ask/{at // A_FILE}.js", f"cenotaphGrounds({script_json([at // A_FILE, grounds])});\n".encode()


def _script(name: str, value: object) -> bytes:
    return f"var {name}={script_json(value)};\n".encode()


def _person(card: Card) -> list[object]:
    """Return a person: id, names by script, terms answered, spans of the death or disappearance."""
    return [
        card.id,
        list(card.names.items()),
        [[number, _SURE[how]] for number, how in card.asked],
        _spans(card.grounds),
    ]


def _spans(grounds: Iterable[PublicValue]) -> list[list[int]]:
    """Return the days that each claim allows; of a disappearance only where no death is dated."""
    by_name = {value.property: value for value in grounds if value.property in _DATES}
    dated = next((by_name[name] for name in _DATES if name in by_name), None)
    readings = [claim.reading for claim in dated.claims] if dated is not None else []
    spans = {_ends(each) for each in readings if isinstance(each, PublicDate) and _is_dated(each)}
    return [list(each) for each in sorted(spans)]


def _is_dated(date: PublicDate) -> bool:
    return date.earliest is not None or date.latest is not None


def _ends(date: PublicDate) -> tuple[int, int]:
    """Return the first and last day that any reading of a date allows."""
    ways = [(date.earliest, date.latest), *((first, last) for first, last, _ in date.alternatives)]
    return (min(first.toordinal() if first else 1 for first, _ in ways),
            max(last.toordinal() if last else dt.date.max.toordinal() for _, last in ways))  # fmt: skip


def _grounds(card: Card, order: Sequence[str]) -> list[object]:
    """Return what answers rest on: claims by property and number, and of each flag which of them."""
    claims = [[value.property, value.index, [_claim(claim, order) for claim in value.claims]] for value in card.grounds]
    return [claims, {flag.name: [list(ground) for ground in flag.grounds] for flag in card.follows}]


def _claim(claim: PublicClaim, order: Sequence[str]) -> list[object]:
    return [claim.text, order.index(claim.list), claim.locator]


def _words(askable: Askable, cards: Sequence[Card], lists: Mapping[str, PublicList]) -> dict[str, object]:
    asked = sorted({number for card in cards for number, _ in card.asked} | _always(askable))
    days = [day for card in cards for each in _spans(card.grounds) for day in each]
    used = {value.property for card in cards for value in card.grounds}
    return {
        "terms": {number: _term(askable.terms[number]) for number in asked},
        "forms": _forms(askable, cards, set(asked)),
        "dates": periods.phrases(days),
        "lists": [[row.title, row.language] for row in lists.values()],
        "labels": {name: dict(PROPERTIES[name].labels) for name in sorted(used)},
        "letters": {chr(point): text for point, text in date_words.LETTERS.items() if isinstance(text, str)},
        "short": gazetteer.ABBREVIATED,
    }


def _always(askable: Askable) -> set[int]:
    """Return the words that are known even where nobody answers them: "nobody" is an answer, too."""
    return {number for number, term in enumerate(askable.terms) if term.kind is not Kind.PLACE}


def _term(term: Term) -> dict[str, object]:
    return {
        "kind": str(term.kind),
        "said": dict(term.wording),
        "looks": list(term.properties),
        "flags": list(term.codes),
    }


def _forms(askable: Askable, cards: Sequence[Card], asked: set[int]) -> dict[str, list[int]]:
    """Return every word with the terms it may stand for; one with several is ambiguous, and the page says so."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number in _always(askable):
        for form in askable.words(number):
            found[key(form)].add(number)
    worded = set(found)  # a word that is one is no place, as in `registry.asking`
    for form in sorted(_place_names(askable, cards, asked)):
        numbers = {askable.number.get(identity(term), -1) for term in places(form, askable.known)}
        found[key(form)] |= numbers & asked if key(form) not in worded else set()
    return {form: sorted(numbers) for form, numbers in sorted(found.items()) if numbers}


def _place_names(askable: Askable, cards: Sequence[Card], asked: set[int]) -> set[str]:
    """Return what public texts call places, and the other names that the gazetteer has for them."""
    written = {claim.text for card in cards for value in card.grounds if PROPERTIES[value.property].kind == "place"
               for claim in value.claims}  # fmt: skip
    codes = {code for number in asked for code in askable.terms[number].codes}
    other = {name for code in codes if code in gazetteer.entries() for name in gazetteer.entries()[code].names}
    return {form for text in written for form in forms(text)} | other


def key(text: str) -> str:
    """Return what a word is looked up by, in the browser too."""
    return " ".join(gazetteer.words(text))


def page(found: Sequence[tuple[str, Mapping[str, Any]]], layout: Layout, words: Words) -> dict[str, Any]:
    """Return the parts of the page of questions; ``found`` are the lists beside it."""
    return {
        "depth": layout.depth,
        "file": A_FILE,
        "arrow": "←" if words.direction == "rtl" else "→",
        "row": words.say("row {row}", row="#"),
        "comma": words.say(", "),
        "example": _example(words),
        "lists": [{"address": address, "title": each["title"], "n": words.count("{n} person", "{n} persons", each["n"])}
                  for address, each in found],
    }  # fmt: skip


def _example(words: Words) -> str:
    """Return a question of words that are known here."""
    flag = next(row.said(words.language) for row in question_words.of("flag"))
    sex = {"en": "women", "fa": "زنان"}.get(words.language, "women")
    return words.say(", ").join([flag, sex])


def lists(
    askable: Askable, cards: Sequence[Card], titles: Mapping[str, PublicList], words: Words, layout: Layout
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address and the parts of a list for each flag that somebody has: for readers without JavaScript."""
    printing = _Printing(titles, words, layout)
    for number, term in enumerate(askable.terms):
        if term.kind is not Kind.FLAG or len(term.codes) != 1:
            continue
        rows = [(card, how) for card in cards for at, how in card.asked if at == number]
        if 0 < len(rows) <= A_LIST:
            yield f"ask/{term.codes[0].replace('_', '-')}.html", printing.list(term.codes[0], rows)


@dataclass(frozen=True, slots=True)
class _Printing:
    """Makes what a list prints, in one language."""

    titles: Mapping[str, PublicList]
    words: Words
    layout: Layout

    def list(self, flag: str, rows: Sequence[tuple[Card, str]]) -> dict[str, Any]:
        ordered = sorted(rows, key=lambda row: (_sex(row[0]), row[0].place, _spans(row[0].grounds), row[0].id))
        groups = {sure: [self._row(card, flag) for card, how in ordered if how == sure] for sure in _HEADINGS}
        return {
            "title": self.words.say(codes.FOLLOWS[flag]),
            "n": len(rows),
            "groups": [
                {"title": self.words.say(_HEADINGS[sure]), "n": self.words.number(len(people)), "people": people}
                for sure, people in groups.items()
                if people
            ],
        }

    def _row(self, card: Card, flag: str) -> dict[str, Any]:
        name = card.names.get(self.words.script) or next(iter(card.names.values()), "")
        grounds = next((each.grounds for each in card.follows if each.name == flag), ())
        shown = [value for value in card.grounds if (value.property, value.index) in grounds]
        return {
            "address": self.layout.person(card.id),
            "name": isolate(name) if name else self.words.say("Name not known"),
            "about": Markup(" · ").join(self._about(card)),
            "claims": [self._said(value, claim) for value in shown for claim in value.claims],
        }

    def _about(self, card: Card) -> Iterator[str]:
        if _sex(card) in codes.CODE:
            yield self.words.say(codes.CODE[_sex(card)])
        if card.place:
            yield isolate(card.place)
        if card.died:
            yield reading(card.died, self.words)

    def _said(self, value: PublicValue, claim: PublicClaim) -> dict[str, Any]:
        at = where(claim.locator, self.words)
        return {
            "label": PROPERTIES[value.property].label(self.words.language),
            "text": isolate(claim.text),
            "list": isolate(self.titles[claim.list].title),
            "where": self.words.say(", ") + at if at else "",
        }


def _sex(card: Card) -> str:
    value = next((each for each in card.grounds if each.property == "sex"), None)
    reading = value.chosen.reading if value is not None else None
    return reading.code if isinstance(reading, PublicCode) else ""

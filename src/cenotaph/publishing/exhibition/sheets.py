"""What every sheet is made of: entries of text in one language, two sides beside each other, a foot with its sources.

Invariant: a number stands on a sheet only through ``number`` or ``row``, or inside a text that somebody signed with its
source; each sheet says who speaks, what it rests on and at which head of the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.publishing.exhibition.typeset import qr
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.site.moments import as_date, span
from cenotaph.publishing.site.words import Words

_SIDES = 2  # languages that fit beside each other
_LINE = 110  # characters of a line of the foot

Entry = dict[str, Any]
Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Printer:
    """The case and the languages that stand beside each other, the first two of the publications."""

    case: PublicCase
    sides: tuple[Words, ...]

    @classmethod
    def of(cls, case: PublicCase, words: Sequence[Words]) -> Printer:
        """Return the printer of a case."""
        return cls(case, tuple(words[:_SIDES]))

    @property
    def document(self) -> dict[str, Any]:
        """What a document of the case says of itself."""
        day = as_date(self.case.date)
        return {
            "title": self.case.title,
            "publisher": self.case.publisher.name,
            "languages": [words.language for words in self.sides],
            **({"day": [day.year, day.month, day.day]} if day else {}),
        }

    def sheet(self, key: str, kind: str, sides: Sequence[Mapping[str, Any]], page: str, **more: Any) -> Sheet:
        """Return a panel with its sides, its foot and the QR code of a page of the memorial."""
        address = self._address(page)
        return {"key": key, "kind": kind, "sides": list(sides), "foot": [self._foot(words) for words in self.sides],
                "qr": qr(address), "qr-says": f"QR: {address}", **more}  # fmt: skip

    def _address(self, page: str) -> str:
        """Return what the QR code says: the page, or where there is no address yet what can be compared by hand."""
        if self.case.url:
            return f"{self.case.url.rstrip('/')}/{self.sides[0].language}/{page}"
        return f"{self.case.title} · {self.case.head}"

    def _foot(self, words: Words) -> dict[str, Any]:
        case, day = self.case, as_date(self.case.date)
        lines = [self._sources(words)]
        if day:
            lines.append(words.say("As of {day}.", day=span(day, day, words)))
        lines.append(words.say("Head of the ledger: {head}", head=isolated(case.head)))
        lines.append(words.say("{name}, {contact}", name=isolated(case.publisher.name),
                               contact=isolated(case.publisher.contact)))  # fmt: skip
        if case.invented:
            lines.append(words.say("Invented people: nobody on this sheet ever lived."))
        return {"lang": words.language, "dir": words.direction, "lines": lines}

    def _sources(self, words: Words) -> str:
        own = [row.title for row in self.case.lists.values() if row.cited_by is None]
        if not own:
            return words.say("Sources: see the panel of sources.")
        named = words.say("; ").join(map(isolated, own))
        if len(named) <= _LINE:
            return words.say("Sources: {lists}.", lists=named)
        one = "Sources: {n} list, see the panel of sources."
        return words.count(one, "Sources: {n} lists, see the panel of sources.", len(own))


def side(words: Words, title: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return one language's half of a panel."""
    return {"lang": words.language, "dir": words.direction, "title": title, "entries": list(entries)}


def text(words: Words, said: str, kind: str = "text") -> Entry:
    """Return a paragraph; ``kind`` is text, lead, heading or small."""
    return {"kind": kind, "lang": words.language, "dir": words.direction, "text": said, "number": ""}


def foreign(said: str, language: str, direction: str, kind: str = "text") -> Entry:
    """Return a paragraph in another language than the side's."""
    return {"kind": kind, "lang": language, "dir": direction, "text": said, "number": ""}


def number(words: Words, n: int, said: str) -> Entry:
    """Return a large number and what it counts."""
    return {**text(words, said, "number"), "number": words.number(n)}


def row(words: Words, said: str, n: int) -> Entry:
    """Return a line of a small table: what is counted, and how many."""
    return {**text(words, said, "row"), "number": words.number(n)}


def dated(words: Words, moment: str, said: str) -> Entry:
    """Return what happened at a moment."""
    return {**text(words, said, "dated"), "number": moment}


def isolated(run: str) -> str:
    """Return a run that keeps its own direction inside a sentence of another one (Unicode isolates)."""
    return f"\u2068{run}\u2069"

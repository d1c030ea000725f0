"""What the panels are made from: the case, its figures, the people who passed the guard, and the publisher's texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph.publishing.exhibition.plates import Gathered
from cenotaph.publishing.exhibition.sheets import Entry, Printer
from cenotaph.publishing.site.pages import Facts
from cenotaph.publishing.site.words import Words

Told = Mapping[tuple[str, str], Sequence[Entry]]  # (panel, language) -> what the publisher's own texts say on it


@dataclass(frozen=True, slots=True)
class Exhibition:
    """All that the panels show."""

    printer: Printer
    facts: Facts
    people: Gathered
    told: Told
    books: Sequence[Sequence[Mapping[str, str]]] = ()  # rows of the book list

    def said(self, key: str, words: Words) -> list[Entry]:
        """Return what the publisher's texts say on a panel in a language."""
        return list(self.told.get((key, words.language), ()))

"""What a claim means: its raw text read by the values room, with what the list declares about calendar and order."""

from __future__ import annotations

from collections.abc import Mapping

from cenotaph import values
from cenotaph.model import ListFacts, split_key
from cenotaph.registry.flattened import widen
from cenotaph.registry.persons import Reading
from cenotaph.values import Flattening, PartialDate

# list, key, text, calendar hint, and what was found of the column: a column that is no longer filled in reads otherwise
Seen = tuple[str, str, str, str | None, Flattening | None]


class ClaimReader:
    """Reads raw texts; each distinct text of a list and a property is read once.

    Parameters
    ----------
    lists
        Calendars, date order and language as declared for each list.
    country
        Where places are looked for first; None when the case names no country.
    flattened
        Date columns, by ``(list, key)``, whose days were filled in by machine (see `flattened`).
    memory
        What was read before under the same lists and country; it grows.
    """

    def __init__(
        self,
        lists: Mapping[str, ListFacts],
        *,
        country: str | None = None,
        flattened: Mapping[tuple[str, str], Flattening] | None = None,
        memory: dict[Seen, Reading] | None = None,
    ) -> None:
        self._lists = lists
        self._country = country
        self._flattened = flattened or {}
        self.memory = {} if memory is None else memory

    def read(self, name: str, key: str, raw: str, *, calendar: str | None = None) -> Reading:
        """Return what ``raw`` means under ``key`` in list ``name``."""
        report = self._flattened.get((name, key))
        seen = (name, key, raw, calendar, report)
        if seen not in self.memory:
            self.memory[seen] = self._read(name, key, raw, calendar)
        return self.memory[seen]

    def _read(self, name: str, key: str, raw: str, calendar: str | None) -> Reading:
        kind = values.property_of(key).kind
        if kind == "date":
            return self._date(name, key, raw, calendar)
        if kind == "age":
            return values.age(raw)
        if kind == "place":
            return values.place(raw, country=self._country)
        if kind == "code":
            return values.code(split_key(key)[0], raw)
        return values.fold(raw)

    def _date(self, name: str, key: str, raw: str, calendar: str | None) -> PartialDate:
        facts = self._lists[name]
        declared = facts.calendars.get(key) or facts.calendars.get(split_key(key)[0])
        date = values.date(raw, calendar=calendar or declared, language=facts.language, order=facts.date_order)
        report = self._flattened.get((name, key))
        return date if report is None else widen(date, report)

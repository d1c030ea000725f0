"""The cells of tables about sites and actors as claims: what one source says, read, with its place.

Invariant: nothing is here without its source. A copy never counts beside its original: sources that a row says were
copied have the same origin, and a source that is a list of the case keeps that list's lineage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cenotaph import values
from cenotaph.model import ListFacts, Row
from cenotaph.registry.independence import Independence
from cenotaph.registry.persons import Reading
from cenotaph.registry.spans import FIRST, LAST, Span, hull
from cenotaph.values import PartialDate, table_forms

_OF_SCRIPT = {"arabic": "fa", "cyrillic": "ru", "hebrew": "he"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source as a table names it, and the place of a statement in it and in the table."""

    title: str
    page: str
    table: str
    row: int
    copied: str = ""
    is_public: bool = False

    @property
    def where(self) -> str:
        """Where the row stands, for a report."""
        return f"[tables.{self.table}] row {self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One cell: what one source says of one thing, as written and as read."""

    field: str
    text: str
    language: str
    reading: Reading
    cited: Cited


def cited(row: Row) -> Cited:
    """Return the source of a row."""
    return Cited(
        title=row.cells["source"],
        page=row.cells.get("locator", ""),
        table=row.table,
        row=row.number,
        copied=row.cells.get("copied", ""),
        is_public=row.is_public,
    )


class Reader:
    """Reads cells; ``country`` is where places are looked for first."""

    def __init__(self, country: str | None = None) -> None:
        self._country = country

    def said(self, row: Row, field: str) -> tuple[Said, ...]:
        """Return what a row says in a field, once for each language it says it in."""
        keys = [key for key in row.cells if key.split("@")[0] == field]
        return tuple(self._said(row, field, key) for key in keys)

    def _said(self, row: Row, field: str, key: str) -> Said:
        text = row.cells[key]
        language = key.partition("@")[2] or row.language or _OF_SCRIPT.get(values.script_of(text), "en")
        reading = self._read(row, field, key)
        return Said(field=field, text=text, language=language, reading=reading, cited=cited(row))

    def _read(self, row: Row, field: str, key: str) -> Reading:
        text, form = row.cells[key], table_forms.fields(row.about)[field]
        if form.kind == "date":
            calendar = row.calendars.get(key) or row.calendar
            return values.date(text, calendar, row.language, order=row.date_order)
        if form.kind == "place":
            return values.place(text, country=self._country)
        if form.kind == "code":
            return table_forms.word_code(form.vocabulary, text)
        return text


def span_of(said: Iterable[Said]) -> Span | None:
    """Return the days that dates of several sources allow; None where none can be read."""
    readings = [each.reading for each in said if isinstance(each.reading, PartialDate)]
    bounds = [values.day_bounds(reading) for reading in readings]
    return hull(Span(*each) for each in bounds if each is not None)


def codes(said: Iterable[Said]) -> tuple[str, ...]:
    """Return the codes of coded cells, each once; words without a code say nothing."""
    return tuple(dict.fromkeys(each.reading for each in said if isinstance(each.reading, str)))


def is_day(span: Span | None) -> bool:
    """Say whether a span is one single day."""
    return span is not None and span.first == span.last and span.first not in (FIRST, LAST)


class Lineage:
    """Counts independent sources, lists of the case and sources that only tables name alike.

    Parameters
    ----------
    lists
        The lists of the case.
    sources
        Every source that tables name, with what each copied.
    """

    def __init__(self, lists: Mapping[str, ListFacts], sources: Iterable[Cited]) -> None:
        self._names = {values.fold(text): name for name, facts in lists.items() for text in (name, facts.title)}
        parents: dict[str, set[str]] = {}
        for each in sources:
            parents.setdefault(self.name(each.title), set()).update({self.name(each.copied)} if each.copied else ())
        own = {
            name: ListFacts(name=name, derived_from=tuple(sorted(copied)))
            for name, copied in parents.items()
            if name not in lists
        }
        self._independence = Independence({**own, **lists})

    def name(self, title: str) -> str:
        """Return the one name of a source: the list it is, else its title, folded."""
        folded = values.fold(title)
        return self._names.get(folded, folded)

    def count(self, names: Iterable[str]) -> int:
        """Return how many independent origins named sources have."""
        return self._independence.count(names)

"""The door of the room: the folder ``content/`` of a case to one frozen ``Content``.

Invariant: no fault of a file raises; it becomes a ``Problem``, and everything else is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from cenotaph.campaign import forms, reading
from cenotaph.campaign.content import Book, Content, Entry, Figure, Problem, Site, Source
from cenotaph.campaign.documents import Loader
from cenotaph.errors import InputError
from cenotaph.values import gazetteer

FOLDER = "content"
_OWN_POINT_KM = 5.0  # a site table row this exact has coordinates of its own; others have those of their city

T = TypeVar("T")


def load_content(folder: Path) -> Content:
    """Read what a case publishes beside its people.

    Parameters
    ----------
    folder
        The case folder, or a template; its ``content/`` is read.

    Returns
    -------
    Content
        Empty when there is no such folder; ``problems`` says what was left out and why.
    """
    content = folder / FOLDER
    if not content.is_dir():
        return Content()
    problems: list[Problem] = []
    known = _sources(content, problems)
    loader = Loader(content, known, problems)
    tables = _Tables(content, known, problems)
    return Content(
        articles=loader.articles(),
        events=loader.events(),
        statements=loader.statements(),
        panels=loader.panels(),
        timeline=tuple(sorted(tables.rows("timeline.toml", "entry", _entry), key=_when)),
        figures=tuple(sorted(tables.rows("figures.toml", "figure", _figure), key=_size)),
        sites=tuple(tables.rows("sites.toml", "site", _site)),
        books=tuple(tables.rows("books.toml", "book", lambda row, _: _book(row))),
        sources=known,
        problems=tuple(problems),
    )


def _sources(content: Path, problems: list[Problem]) -> dict[str, Source]:
    tables = _Tables(content, {}, problems)
    found = {}
    for key, row in tables.file("sources.toml").items():
        try:
            found[key] = Source(key=key, **forms.fill(forms.SourceForm, row, f"[{key}]").model_dump())
        except InputError as error:
            problems.append(Problem(file="sources.toml", what=str(error)))
    return found


class _Tables:
    """Reads the TOML files, one row at a time: a bad row harms only itself."""

    def __init__(self, content: Path, known: Mapping[str, Source], problems: list[Problem]) -> None:
        self.content, self.known, self.problems = content, known, problems

    def file(self, name: str) -> Mapping[str, Any]:
        path = self.content / name
        if not path.is_file():
            return {}
        try:
            return reading.toml(path)
        except InputError as error:
            self.problems.append(Problem(file=name, what=str(error)))
            return {}

    def rows(self, name: str, table: str, make: Callable[[Any, Mapping[str, Source]], T]) -> Iterator[T]:
        found = dict(self.file(name))
        if found and found.pop("audience", "internal") != "public":
            self.problems.append(Problem(file=name, what='it does not say audience = "public", so it stays internal'))
            return
        rows = found.pop(table, [])
        if found or not isinstance(rows, list):
            said = f"it holds [[{table}]] tables and nothing else; found `{next(iter(found), table)}`"
            self.problems.append(Problem(file=name, what=said))
        for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
            try:
                yield make(row, self.known)
            except InputError as error:
                self.problems.append(Problem(file=name, what=f"[[{table}]] number {number}: {error}"))


def _entry(row: object, known: Mapping[str, Source]) -> Entry:
    form = forms.fill(forms.EntryForm, row)
    date = reading.date(form.date, form.calendar)
    if date is None:  # the form requires one
        raise InputError("`date` is missing")
    return Entry(date=date, text=form.text, sources=reading.sources(form.sources, known))


def _figure(row: object, known: Mapping[str, Source]) -> Figure:
    form = forms.fill(forms.FigureForm, row)
    if form.low is None and form.high is None:
        raise InputError("it states neither `low` nor `high`")
    if form.low is not None and form.high is not None and form.low > form.high:
        raise InputError("`low` is larger than `high`")
    return Figure(
        low=form.low, high=form.high, by=form.by, scope=form.scope, stated=reading.date(form.stated, form.calendar),
        sources=reading.sources(form.sources, known),
    )  # fmt: skip


def _site(row: object, known: Mapping[str, Source]) -> Site:
    form = forms.fill(forms.SiteForm, row)
    entry = gazetteer.entries().get(f"site:{form.id}")
    exact = entry if entry is not None and entry.accuracy_km <= _OWN_POINT_KM else None
    return Site(
        id=form.id, kind=form.kind, name=form.name, region=form.region or {}, text=form.text,
        sources=reading.sources(form.sources, known), latitude=exact.latitude if exact else None,
        longitude=exact.longitude if exact else None, accuracy_km=exact.accuracy_km if exact else None,
    )  # fmt: skip


def _book(row: object) -> Book:
    form = forms.fill(forms.BookForm, row)
    if form.free and form.price:
        raise InputError("it has a `price` and is `free`; give one")
    return Book(**{**form.model_dump(), "note": form.note or {}})


def _when(entry: Entry) -> tuple[int, int]:
    ends = [day.toordinal() for day in (entry.date.earliest, entry.date.latest) if day is not None]
    return max(ends), min(ends)  # "1988" stands after the days of 1988


def _size(figure: Figure) -> int:
    return next(end for end in (figure.low, figure.high) if end is not None)

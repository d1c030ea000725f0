"""Markdown files to documents: ``name.en.md`` and ``name.fa.md`` are one document in two languages.

Invariant: only files that say ``audience = "public"`` are read past their front matter; what does not depend on the
language (date, sources, consent) may be left out of the second file, and must not differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from cenotaph.campaign import forms, pictures, reading
from cenotaph.campaign.content import Attendance, Document, Event, Panel, Picture, Problem, Source, Statement, Text
from cenotaph.campaign.markdown import blocks
from cenotaph.campaign.tracing import untraced
from cenotaph.errors import InputError

_NAME = re.compile(r"([a-z0-9][a-z0-9-]*)\.([a-z]{2,3}(?:-[A-Za-z]{4})?)\.md")
_PER_LANGUAGE = ("title", "audience", "language", "summary", "place", "organiser", "translated_from", "translator",
                 "pictures", "attendance", "capacity", "author")  # fmt: skip


@dataclass(slots=True)
class Loader:
    """Reads one folder after the other and remembers what was wrong.

    Parameters
    ----------
    folder
        ``content/`` of a case.
    known
        The sources of ``sources.toml``.
    """

    folder: Path
    known: Mapping[str, Source]
    problems: list[Problem] = field(default_factory=list)

    def articles(self) -> tuple[Document, ...]:
        """Return the articles, newest first."""
        return _newest(self._all("articles", forms.DocumentForm, lambda common, _: Document(**common)))

    def events(self) -> tuple[Event, ...]:
        """Return the events, newest first."""
        return _newest(self._all("events", forms.EventForm, self._event))

    def statements(self) -> tuple[Statement, ...]:
        """Return the statements, newest first."""
        return _newest(self._all("statements", forms.StatementForm, _statement))

    def panels(self) -> dict[str, Panel]:
        """Return the panels by key."""
        found = self._all("panels", forms.DocumentForm, lambda common, _: Document(**common))
        return {each.id: Panel(key=each.id, texts=each.texts, sources=each.sources) for each in found}

    def refuse(self, file: str, error: InputError) -> None:
        """Remember why a file or a part of it is not published."""
        self.problems.append(Problem(file=file, what=str(error)))

    def _all(self, kind: str, form: type[forms.F], make: Callable[[dict[str, Any], _Files], Any]) -> list[Any]:
        named = [(path, found) for path in sorted((self.folder / kind).glob("*.md")) if (found := self._named(path))]
        groups = groupby(named, key=lambda each: each[1][0])
        made = (self._document(kind, name, [(path, lang) for path, (_, lang) in group], form, make)
                for name, group in groups)  # fmt: skip
        return [document for document in made if document is not None]

    def _named(self, path: Path) -> tuple[str, str] | None:
        found = _NAME.fullmatch(path.name)
        if found is None:
            said = "it is not called name.language.md, such as vigil.en.md: small letters, digits and hyphens"
            self.refuse(f"{path.parent.name}/{path.name}", InputError(said))
            return None
        return found.group(1), found.group(2)

    def _document(self, kind: str, name: str, paths: list[tuple[Path, str]], form: type[forms.F],
                  make: Callable[[dict[str, Any], _Files], Any]) -> Any:  # fmt: skip
        files = _Files(kind, name)
        for path, language in paths:
            try:
                self._add(files, path, language, form)
            except InputError as error:
                self.refuse(f"{kind}/{path.name}", error)
        if not files.texts:
            return None
        try:
            return make(files.common(), files)
        except InputError as error:
            self.refuse(f"{kind}/{name}", error)
            return None

    def _add(self, files: _Files, path: Path, language: str, form: type[forms.F]) -> None:
        page = reading.page(path)
        if page.front.get("audience") != "public":
            raise InputError('it does not say audience = "public", so it stays internal')
        files.agree(page.front)
        filled: Any = forms.fill(form, {**files.shared, **page.front})
        if filled.language not in (None, language):
            raise InputError(f"`language` is {filled.language!r}, the file name says {language!r}")
        if filled.traced:
            _check_traced(filled, page.body)
        sources = reading.sources(filled.sources, self.known)
        date = reading.date(filled.date, filled.calendar, language)
        files.texts[language] = _text(filled, language, page.body)
        files.forms[language], files.sources, files.date = filled, sources, date
        files.shared |= {key: value for key, value in page.front.items() if key not in _PER_LANGUAGE}
        for table in filled.pictures:
            self._picture(files, path, table, language)

    def _picture(self, files: _Files, path: Path, table: Mapping[str, object], language: str) -> None:
        try:
            found = pictures.read(self.folder, table, language)
        except InputError as error:
            self.refuse(f"{files.kind}/{path.name}", error)
            return
        before = files.pictures.get(found.name)
        files.pictures[found.name] = pictures.joined(before, found) if before else found

    def _event(self, common: dict[str, Any], files: _Files) -> Event:
        first = next(iter(files.forms.values()))
        return Event(**common, begins=first.begins, ends=first.ends, attendance=self._attendance(files))

    def _attendance(self, files: _Files) -> Attendance | None:
        found: dict[str, forms.AttendanceForm] = {}
        for language, form in files.forms.items():
            if form.attendance is None:
                continue
            try:
                found[language] = forms.fill(forms.AttendanceForm, form.attendance, "[attendance]")
            except InputError as error:
                self.refuse(f"{files.kind}/{files.name}.{language}.md", error)
        if len(counts := {_ends(each) for each in found.values()}) > 1:
            self.refuse(f"{files.kind}/{files.name}", InputError("[attendance]: its languages state different numbers"))
        if len(counts) != 1:
            return None
        low, high = counts.pop()
        return Attendance(low=low, high=high, method={language: each.method for language, each in found.items()})


@dataclass(slots=True)
class _Files:
    """The files of one document as they are read."""

    kind: str
    name: str
    texts: dict[str, Text] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    date: Any = None

    def agree(self, front: Mapping[str, Any]) -> None:
        """Refuse a file that contradicts its other language."""
        differ = [key for key, value in self.shared.items() if front.get(key, value) != value]
        if differ:
            raise InputError(f"`{differ[0]}` differs from the other language of this document")

    def common(self) -> dict[str, Any]:
        return {"id": self.name, "date": self.date, "texts": dict(self.texts), "sources": self.sources,
                "pictures": tuple(self.pictures.values()),
                "traced": bool(self.shared.get("traced"))}  # fmt: skip


def _text(form: Any, language: str, body: str) -> Text:
    return Text(
        language=language, title=form.title, body=body, summary=form.summary, place=form.place,
        organiser=form.organiser, capacity=getattr(form, "capacity", ""), translated_from=form.translated_from or "",
        translator=form.translator,
    )  # fmt: skip


def _check_traced(form: Any, body: str) -> None:
    if form.summary:
        raise InputError("it says `traced`, so it takes no summary: that would be a sentence without a source")
    bare = [said for block in blocks(body) for said in untraced(block)]
    if bare:
        more = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        raise InputError(
            f'it says `traced`, and a sentence has no source: "{bare[0]}"{more}; write the record behind each full '
            "stop, as in [^gazette:transfer]"
        )


def _statement(common: dict[str, Any], files: _Files) -> Statement:
    first = next(iter(files.forms.values()))
    if all(text.translated_from for text in common["texts"].values()):
        raise InputError("every file says translated_from; the original words must stand beside a translation")
    originals = [text for text in common["texts"].values() if not text.translated_from]
    if len(originals) > 1:
        raise InputError("two files claim to be the original; mark the other with translated_from")
    return Statement(**common, author=first.author, consent=first.consent)


def _ends(form: forms.AttendanceForm) -> tuple[int, int]:
    return form.low, form.low if form.high is None else form.high


def _newest(documents: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(documents, key=_age))


def _age(document: Document) -> tuple[int, str]:
    day = document.date and (document.date.latest or document.date.earliest)
    return (-day.toordinal() if day else 0, document.id)

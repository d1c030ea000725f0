"""Frozen types of what a group publishes. Texts in several languages are mappings: language -> words.

Invariant: everything here was marked public by the group; every entry, figure, site, panel and document names at least
one source (a book needs none); no picture is without alternative text, credit and consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cenotaph.values import PartialDate

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement comes from: what a reader needs to find it again."""

    key: str
    title: str
    by: str = ""
    date: str = ""
    url: str = ""
    place: str = ""  # page, chapter, reference number


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, already re-encoded: ``data`` carries no camera, place or time.

    ``name`` is the file name to publish it under.
    """

    name: str
    media: str  # image/jpeg, image/png
    data: bytes = field(repr=False)
    width: int
    height: int
    credit: str
    consent: str  # on what ground it is shown, in the group's words
    alt: Texts
    caption: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One language of a document.

    ``body`` is Markdown as written; make it HTML with ``to_html``, plain paragraphs with ``paragraphs``.
    """

    language: str
    title: str
    body: str
    summary: str = ""
    place: str = ""
    organiser: str = ""
    capacity: str = ""  # of the author of a statement
    translated_from: str = ""  # the language of the original when this is a translation
    translator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article; also what events and statements have in common."""

    id: str
    date: PartialDate | None
    texts: Mapping[str, Text]
    sources: tuple[Source, ...]
    pictures: tuple[Picture, ...] = ()
    traced: bool = False  # every sentence is followed by a mark that leads to a passage

    def text(self, language: str) -> Text:
        """Return the text in a language, else in the language of the original, else the first there is."""
        original = next((text for text in self.texts.values() if not text.translated_from), None)
        return self.texts.get(language) or original or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How many came, which is nothing without who counted and how."""

    low: int
    high: int
    method: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Document):
    """Something that takes or took place; ``begins`` and ``ends`` are local times such as ``14:00``."""

    begins: str = ""
    ends: str = ""
    attendance: Attendance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Document):
    """Words of support by an office or an organisation, published with its author's consent."""

    author: str
    consent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Text of an exhibition panel: ``title``, ``what-happened``, ``women``, ``other-groups`` or another key."""

    key: str
    texts: Mapping[str, Text]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A dated line of the history."""

    date: PartialDate
    text: Texts
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in circulation, as the claim of who states it; either end may be open.

    It is never the register's own number, and is never shown without ``by`` and ``sources``.
    """

    low: int | None
    high: int | None
    by: Texts
    scope: Texts  # what exactly is counted, as the source has it
    stated: PartialDate | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A prison, burial site or other place; coordinates come from the site table of the values room or are absent."""

    id: str
    kind: str
    name: Texts
    region: Texts
    text: Texts
    sources: tuple[Source, ...]
    latitude: float | None = None
    longitude: float | None = None
    accuracy_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A line of the book list of a stand; ``price`` as written, ``free`` when it is given away."""

    title: str
    author: str
    language: str
    year: int | None
    price: str
    free: bool
    stock: int | None
    note: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a file, or a part of it, is not published; ``file`` is relative to ``content/``."""

    file: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a case publishes beside its people; empty when the case has no folder ``content/``.

    Articles, events and statements stand newest first, the timeline oldest first, figures smallest first, the rest as
    the files have it. ``sources`` holds every source of ``sources.toml`` by key.
    """

    articles: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    panels: Mapping[str, Panel] = field(default_factory=dict)
    timeline: tuple[Entry, ...] = ()
    figures: tuple[Figure, ...] = ()
    sites: tuple[Site, ...] = ()
    books: tuple[Book, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to publish."""
        return any((*self.documents(), self.panels, self.timeline, self.figures, self.sites, self.books))

    def documents(self) -> Iterator[Document]:
        """Yield articles, events and statements."""
        yield from self.articles
        yield from self.events
        yield from self.statements

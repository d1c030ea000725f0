"""What the publisher's own texts say on the panels: texts, the dated history, figures in circulation, places, books.

Invariant: nothing stands here without its sources in small type below it; a figure in circulation is always somebody's
claim, and never stands among the numbers of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cenotaph.campaign import Book, Content, Panel, Source, paragraphs
from cenotaph.messages import RIGHT_TO_LEFT
from cenotaph.publishing.exhibition.sheets import Entry, dated, foreign, isolated, text
from cenotaph.publishing.safe import script
from cenotaph.publishing.site.content import number
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.words import Words
from cenotaph.values import PartialDate

Told = dict[tuple[str, str], list[Entry]]


def told(content: Content, sides: Sequence[Words]) -> Told:
    """Return what the texts say on each panel in each language."""
    found: Told = {}
    for words in sides:
        for key, panel in content.panels.items():
            found[key, words.language] = _panel(panel, words)
        for key, entries in (("timeline", _timeline(content, words)), ("figures", _figures(content, words)),
                             ("sites", _sites(content, words))):  # fmt: skip
            found.setdefault((key, words.language), []).extend(entries)
    return found


def books(content: Content) -> list[list[dict[str, str]]]:
    """Return the rows of the book list: title, author, language, year, price, brought, left."""
    return [[_cell(text_) for text_ in (*_book(book), "")] for book in content.books]


def _panel(panel: Panel, words: Words) -> list[Entry]:
    own = panel.texts.get(words.language) or panel.texts.get("en") or next(iter(panel.texts.values()))
    said = [_in(own.language, paragraph) for paragraph in paragraphs(own.body)]
    return [*said, *_sources(panel.sources, words)]


def _in(language: str, said: str, kind: str = "text") -> Entry:
    return foreign(said, language, "rtl" if language in RIGHT_TO_LEFT else "ltr", kind)


def _timeline(content: Content, words: Words) -> Iterator[Entry]:
    for entry in content.timeline:
        said, _ = words.choose(entry.text)
        yield dated(words, _moment(entry.date, words), said)
    yield from _sources([source for entry in content.timeline for source in entry.sources], words)


def _figures(content: Content, words: Words) -> Iterator[Entry]:
    if content.figures:
        yield text(words, words.say("These figures are claims of those who state them, not of this register."))
    for figure in content.figures:
        by, scope = words.choose(figure.by)[0], words.choose(figure.scope)[0]
        stated = _moment(figure.stated, words) if figure.stated else ""
        who = words.say("{by}, {date}", by=isolated(by), date=stated) if stated else by
        yield dated(words, number(figure, words), words.say("{who}: {scope}", who=who, scope=isolated(scope)))
    yield from _sources([source for figure in content.figures for source in figure.sources], words)


def _sites(content: Content, words: Words) -> Iterator[Entry]:
    for site in content.sites:
        said = words.choose(site.text)[0]
        yield dated(words, words.choose(site.name)[0], said)
    yield from _sources([source for site in content.sites for source in site.sources], words)


def _sources(sources: Iterable[Source], words: Words) -> list[Entry]:
    named = {source.key: ", ".join(filter(None, (source.by, source.title, source.date))) for source in sources}
    if not named:
        return []
    said = "; ".join(named.values())  # as written: a title is not turned into the reader's digits
    right = said and script(said) in ("Arab", "Hebr")
    own = foreign(said, "fa" if right else "und", "rtl" if right else "ltr", "small")
    return [text(words, words.say("Sources"), "small"), own]


def _moment(date: PartialDate, words: Words) -> str:
    return span(date.earliest, date.latest, words)


def _book(book: Book) -> tuple[str, ...]:
    price = "0" if book.free and not book.price else book.price
    year = str(book.year) if book.year else ""
    return book.title, book.author, book.language, year, price, "" if book.stock is None else str(book.stock)


def _cell(said: str) -> dict[str, str]:
    right = any("\u0590" <= sign <= "\u08ff" for sign in said)
    return {"lang": "fa" if right else "und", "dir": "rtl" if right else "ltr", "text": said or " "}

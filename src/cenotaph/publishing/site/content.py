"""What stands on the pages a group writes: articles, events, statements, history, figures, places, books, a letter.

Invariant: every text is shown in the language it is in, a translation is marked as one, and everything that states
something has its sources on the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minijinja import Markup

from cenotaph.campaign import Content, Document, Event, Figure, Picture, Site, Source, Statement, Text, to_html
from cenotaph.messages import RIGHT_TO_LEFT
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.safe import clean, script_json
from cenotaph.publishing.site import calendar
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.pages import Facts, home
from cenotaph.publishing.site.passages import Passages
from cenotaph.publishing.site.runs import isolate
from cenotaph.publishing.site.words import Words
from cenotaph.values import PartialDate

PICTURES = "assets/pictures/"
Page = tuple[str, str, dict[str, Any]]  # template, address below the language, parts


def sections(content: Content) -> tuple[str, ...]:
    """Return the codes of the sections that have something to show, in the order of the navigation."""
    held = {
        "history": content.timeline or "what-happened" in content.panels,
        "figures": content.figures,
        "places": content.sites,
        "articles": content.articles,
        "events": content.events,
        "statements": content.statements,
        "books": content.books,
        "letter": content.timeline or content.figures,
    }
    return tuple(code for code, found in held.items() if found)


def pages(content: Content, facts: Facts, words: Words) -> Iterator[Page]:
    """Yield every page of the content in one language."""
    for kind in ("articles", "events", "statements"):
        documents: tuple[Document, ...] = getattr(content, kind)
        if documents:
            yield "documents", f"{kind}/index.html", {"part": kind, "d": _listing(kind, documents, words)}
        for each in documents:
            yield "document", f"{kind}/{each.id}.html", {"part": kind, "d": _document(each, facts.case, words)}
    have = sections(content)
    if "history" in have:
        yield "history", "history.html", {"part": "history", "t": _history(content, words)}
    if "figures" in have:
        found = {"rows": [_figure(each, words) for each in content.figures], "own": home(facts, words)}
        yield "figures", "figures.html", {"part": "figures", "f": found}
    if "places" in have:
        yield "places", "places.html", {"part": "places", "groups": _places(content.sites, words)}
    if "books" in have:
        yield "books", "books.html", {"part": "books", "books": _books(content, words)}
    if "letter" in have:
        yield "letter", "letter.html", {"part": "letter", "l": _letter(content, facts, words)}


def pictures(content: Content) -> dict[str, bytes]:
    """Return the pictures by the address they are published at."""
    return {PICTURES + each.name: each.data for document in content.documents() for each in document.pictures}


def calendars(content: Content, case: PublicCase, words: Words) -> Iterator[tuple[str, bytes]]:
    """Yield a calendar file for each event whose day is known."""
    for event in content.events:
        if calendar.day_of(event) is not None:
            yield f"events/{event.id}.ics", calendar.ics(event, case, words)


def said(text: str, language: str) -> dict[str, str]:
    """Return a text with its language and direction, as the templates take it."""
    return {"text": clean(text), "language": language, "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr"}


def _chosen(texts: Mapping[str, str], words: Words) -> dict[str, str]:
    return said(*words.choose(texts))


def when(date: PartialDate | None, words: Words) -> str:
    """Write a date as exactly as it is known."""
    return span(date.earliest, date.latest, words) if date is not None else ""


def title_of(document: Document, words: Words) -> str:
    """Return the title in a language, or in the one there is."""
    return clean(document.text(words.language).title)


def _listing(kind: str, documents: Iterable[Document], words: Words) -> dict[str, Any]:
    titles = {"articles": words.say("Articles"), "events": words.say("Events"), "statements": words.say("Statements")}
    rows = [(each, each.text(words.language)) for each in documents]
    return {
        "title": titles[kind],
        "note": words.say("Words of others. They speak for themselves.") if kind == "statements" else "",
        "rows": [
            {"address": f"{each.id}.html", "title": said(text.title, text.language), "when": when(each.date, words),
             "summary": said(text.summary, text.language), "place": said(text.place, text.language)}
            for each, text in rows
        ],
    }  # fmt: skip


def _document(document: Document, case: PublicCase, words: Words) -> dict[str, Any]:
    text = document.text(words.language)
    passages = Passages(case.passages, words)
    return {
        "title": said(text.title, text.language),
        "body": {**said("", text.language), "html": Markup(to_html(text.body, passages.cite))},
        "summary": said(text.summary, text.language),
        "facts": list(_facts(document, text, words)),
        "pictures": [_picture(each, words) for each in document.pictures],
        "sources": [_source(each) for each in document.sources],
        "passages": passages.rows(),
        "files": passages.files(),
        "original": _original(document, text, words),
        "calendar": f"{document.id}.ics" if isinstance(document, Event) and calendar.day_of(document) else "",
        "linked": Markup(script_json(calendar.linked(document, text, case))),
    }


def _facts(document: Document, text: Text, words: Words) -> Iterator[dict[str, Any]]:
    dated = when(document.date, words)
    if isinstance(document, Event):
        clock = words.digits("–".join(filter(None, (document.begins, document.ends))))
        yield {"label": words.say("When"), "value": isolate(", ".join(filter(None, (dated, clock)))) if dated else
               words.say("the sources do not say")}  # fmt: skip
    elif dated:
        yield {"label": words.say("Date"), "value": dated}
    if text.place:
        yield {"label": words.say("Where"), "value": isolate(clean(text.place))}
    if text.organiser:
        yield {"label": words.say("Held by"), "value": isolate(clean(text.organiser))}
    if isinstance(document, Event) and document.attendance is not None:
        count = document.attendance
        number = words.number(count.low) + ("" if count.low == count.high else f"–{words.number(count.high)}")
        method = words.choose(count.method)[0]
        yield {"label": words.say("How many came"), "value": isolate(f"{number} ({clean(method)})")}
    if isinstance(document, Statement):
        yield {"label": words.say("Author"), "value": isolate(clean(document.author))}
        yield {"label": words.say("In the capacity of"), "value": isolate(clean(text.capacity))}
        yield {"label": words.say("Published with consent"), "value": isolate(clean(document.consent))}


def _original(document: Document, text: Text, words: Words) -> dict[str, Any] | None:
    """Return the mark of a translation, with the original words where we have them."""
    if not text.translated_from:
        return None
    by = words.say(", by {translator}", translator=clean(text.translator)) if text.translator else ""
    first = document.texts.get(text.translated_from)
    note = words.say("A translation from the original ({language}){by}.", language=text.translated_from, by=by)
    shown = {**said(first.title, first.language), "html": Markup(to_html(first.body))} if first else None
    return {"note": note, "text": shown}


def _picture(picture: Picture, words: Words) -> dict[str, Any]:
    caption = _chosen(picture.caption, words) if picture.caption else said("", words.language)
    return {"name": picture.name, "width": picture.width, "height": picture.height, "alt": _chosen(picture.alt, words),
            "caption": caption, "credit": isolate(clean(picture.credit))}  # fmt: skip


def _source(source: Source) -> dict[str, Any]:
    rest = ", ".join(filter(None, (source.by, source.date, source.place)))
    return {"title": isolate(clean(source.title)), "rest": isolate(clean(rest)) if rest else "", "url": source.url}


def _history(content: Content, words: Words) -> dict[str, Any]:
    panel = content.panels.get("what-happened")
    text = (panel.texts.get(words.language) or next(iter(panel.texts.values()))) if panel else None
    rows = [{"when": when(each.date, words), **_cited(each.text, each.sources, words)} for each in content.timeline]
    opening = {**said("", text.language), "html": Markup(to_html(text.body))} if text else None
    return {"opening": opening, "sources": [_source(each) for each in panel.sources] if panel else [], "rows": rows}


def _cited(text: Mapping[str, str], sources: Iterable[Source], words: Words) -> dict[str, Any]:
    return {"said": _chosen(text, words), "sources": [_source(each) for each in sources]}


def number(figure: Figure, words: Words) -> str:
    """Write a figure with its open end."""
    if figure.low is None:
        return words.say("up to {n}", n=words.number(figure.high or 0))
    if figure.high is None:
        return words.say("{n} or more", n=words.number(figure.low))
    if figure.low == figure.high:
        return words.number(figure.low)
    return words.say("{low} to {high}", low=words.number(figure.low), high=words.number(figure.high))


def _figure(figure: Figure, words: Words) -> dict[str, Any]:
    return {"n": number(figure, words), "by": _chosen(figure.by, words), "when": when(figure.stated, words),
            **_cited(figure.scope, figure.sources, words)}  # fmt: skip


def _places(sites: Iterable[Site], words: Words) -> list[dict[str, Any]]:
    titles = {"prison": words.say("Prisons"), "burial": words.say("Burial sites")}
    groups: dict[str, list[dict[str, Any]]] = {}
    for site in sites:
        groups.setdefault(site.kind, []).append(
            {"anchor": site.id, "name": _chosen(site.name, words), **_cited(site.text, site.sources, words)}
        )
    return [{"title": titles.get(kind, kind), "rows": rows} for kind, rows in groups.items()]


def _books(content: Content, words: Words) -> list[dict[str, Any]]:
    return [
        {"title": said(book.title, book.language), "author": isolate(book.author) if book.author else "",
         "year": words.digits(str(book.year)) if book.year else "",
         "price": words.say("free") if book.free else isolate(book.price) if book.price else "",
         "note": _chosen(book.note, words) if book.note else said("", words.language)}
        for book in content.books
    ]  # fmt: skip


def _letter(content: Content, facts: Facts, words: Words) -> dict[str, Any]:
    """Return the parts of the letter: figures of the register with their words, and facts with their sources."""
    history = _history(content, words)
    cited = [*history["sources"]] + [source for row in history["rows"] for source in row["sources"]]
    figures = [_figure(each, words) for each in content.figures]
    cited += [source for row in figures for source in row["sources"]]
    unique = list({str(each["title"]): each for each in cited}.values())
    places = {str(each["title"]): words.number(place) for place, each in enumerate(unique, 1)}
    for row in (*history["rows"], *figures):
        row["notes"] = list(dict.fromkeys(places[str(each["title"])] for each in row["sources"]))
    return {"own": home(facts, words), "rows": history["rows"], "figures": figures, "sources": unique}

"""The panels: title, what happened, numbers, places, women, who names them, names, the unnamed, sources.

Invariant: the order is that of the exhibition; a panel that has nothing to say is left out, but for the names: where
there are none, empty plates stand in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.config import read_period
from cenotaph.publishing.exhibition.plates import UNPLACED, plates
from cenotaph.publishing.exhibition.sheets import (
    Entry,
    Sheet,
    foreign,
    isolated,
    number,
    row,
    side,
    text,
)
from cenotaph.publishing.exhibition.showing import Exhibition
from cenotaph.publishing.exhibition.walls import empty, numbered, several, wall, wall_script, walls
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.pages import counted, uncounted
from cenotaph.publishing.site.words import Words

_PLACES = 16
_WOMEN = 120  # names that can be read beside the words of the panel; more have walls of their own
_ENTRIES = 12  # dated entries that can be read on a panel


def panels(show: Exhibition) -> list[Sheet]:
    """Return the panels in their order."""
    return [*_opening(show), *_women_panel(show), *walls(show), empty(show, "unnamed"), _sources(show)]


def _opening(show: Exhibition) -> Iterator[Sheet]:
    yield _panel(show, "title", "index.html", lambda words: show.printer.case.titles.get(words.language,
                 show.printer.case.title), _title, kind="title")  # fmt: skip
    yield _panel(show, "what-happened", "index.html", lambda words: words.say("What happened"), _what_happened)
    if show.facts.figures.shown:  # of nobody there is nothing to count
        yield _panel(show, "numbers", "methodology.html", lambda words: words.say("How many"), _numbers)
    yield from _told_panels(show, "timeline", "index.html", "Dates")
    yield from _told_panels(show, "figures", "methodology.html", "Figures in circulation")
    optional = (
        ("places", "names/index.html", lambda words: words.say("Where"), _places),
        ("other-groups", "lists.html", lambda words: words.say("Who names them"), _who_names),
    )
    for key, page, title, entries in optional:
        if any(entries(show, words) for words in show.printer.sides):
            yield _panel(show, key, page, title, entries)
        if key == "places":
            yield from _told_panels(show, "sites", "names/index.html", "Places known from reports")


def _panel(show: Exhibition, key: str, page: str, title: Any, entries: Any, *, kind: str = "text") -> Sheet:
    sides = [side(words, title(words), entries(show, words)) for words in show.printer.sides]
    return show.printer.sheet(key, kind, sides, page)


def _title(show: Exhibition, words: Words) -> list[Entry]:
    figures = show.facts.figures
    period = show.printer.case.period
    found = [text(words, span(*read_period(period), words), "lead")] if period else []
    if figures.shown:
        found.append(_documented(figures.shown, words))
        found.append(text(words, words.say("Each of them is named by a source that can be looked up.")))
    return [*found, *show.said("title", words)]


def _what_happened(show: Exhibition, words: Words) -> list[Entry]:
    told = show.said("what-happened", words)
    if told:
        return told
    include = show.printer.case.include
    opening = words.say("This register holds:")
    own = foreign(include, "und", "ltr") if include else text(words, words.say("The case names no rule of its own."))
    return [text(words, opening, "heading"), own]


def _numbers(show: Exhibition, words: Words) -> list[Entry]:
    figures = show.facts.figures
    rest = uncounted(show.facts.estimate, words)
    found = [_documented(figures.shown, words)]
    found += [row(words, label, n) for label, n in counted(show.printer.case, figures, words)]
    found.append(text(words, words.say("How to read this"), "heading"))
    found.append(text(words, words.say(
        "The number counts persons whom a list names, each once, however many lists name them. It is no total: whoever "
        "is on no list is missing from it.")))  # fmt: skip
    found.append(text(words, words.say("Those on no list"), "heading"))
    found += [_uncounted(piece) for piece in rest["estimate"]]
    found += [_uncounted(piece, "small") for piece in rest["reasons"]]
    return [*found, *show.said("numbers", words)]


def _documented(n: int, words: Words) -> Entry:
    return number(words, n, words.count("person documented", "persons documented", n))


def _uncounted(piece: Mapping[str, str], kind: str = "text") -> Entry:
    return foreign(piece["text"], piece["language"], piece["direction"], kind)


def _places(show: Exhibition, words: Words) -> list[Entry]:
    named = [(place, n) for place, n in show.people.places.items() if place != UNPLACED]
    ranked = sorted(named, key=lambda pair: (-pair[1], pair[0]))
    told = show.said("places", words)
    if not named and not told:
        return []
    found = [text(words, words.say("Where the sources say that they were killed, died or disappeared"), "heading")]
    found += [row(words, isolated(show.people.place_in(place, words)), n) for place, n in ranked[:_PLACES]]
    rest = sum(n for _, n in ranked[_PLACES:])
    found += [row(words, words.say("other places"), rest)] if rest else []
    unsaid = show.people.places[UNPLACED]
    found += [row(words, words.say("no source says where"), unsaid)] if unsaid else []
    return [*(found if named else []), *told]


def _women(show: Exhibition, words: Words) -> list[Entry]:
    told = show.said("women", words)
    n = len(show.people.women)
    if not n:
        return told
    found = [number(words, n, words.count("woman named here", "women named here", n))]
    found.append(text(words, words.say("Counted are those whom a source states to be women. Nothing is inferred from a "
                                       "name, so there may be more."), "small"))  # fmt: skip
    return [*found, *told]


def _women_panel(show: Exhibition) -> list[Sheet]:
    """Return the panel of women, with their names where they fit on it; all names are on the wall."""
    sides = [side(words, words.say("Women"), _women(show, words)) for words in show.printer.sides]
    if not any(each["entries"] for each in sides):
        return []
    script, own = wall_script(show)
    cards = [card for card in show.people.cards if card.id in show.people.women]
    everybody = plates(cards, script, own.say("Name not known"))
    if 0 < len(everybody) <= _WOMEN:
        return [wall(show, "women", sides, everybody, own)]
    words_alone = show.printer.sheet("women", "text", sides, "names/index.html")
    return [words_alone, *several(show, "women", "Women", everybody, own)]


def _who_names(show: Exhibition, words: Words) -> list[Entry]:
    named = [(row_.title, show.facts.persons(name)) for name, row_ in show.printer.case.lists.items()]
    rows = [(title, n) for title, n in named if n]
    told = show.said("other-groups", words)
    if not rows and not told:
        return []
    found = [text(words, words.say("Persons whom each list names"), "heading")]
    found += [row(words, isolated(title), n) for title, n in rows]
    found.append(text(words, words.say(_LISTS_ARE_EQUAL), "small"))  # fmt: skip
    return [*(found if rows else []), *told]


def _told_panels(show: Exhibition, key: str, page: str, title: str) -> Iterator[Sheet]:
    """Yield the panels of a long text, so many entries on each that they can be read from a metre."""
    sides = [(words, show.said(key, words)) for words in show.printer.sides]
    long = max(len(entries) for _, entries in sides)
    count = -(-long // _ENTRIES)
    size = -(-long // count) if count else 0
    for at in range(count):
        part = slice(at * size, (at + 1) * size)
        halves = [side(words, numbered(words, title, at + 1, count), entries[part]) for words, entries in sides]
        yield show.printer.sheet(key if count == 1 else f"{key}-{at + 1}", "text", halves, page)


def _sources(show: Exhibition) -> Sheet:
    return _panel(show, "sources", "lists.html", lambda words: words.say("Sources"), _source_entries)


_HEAD = (
    "The head of the ledger at the foot of each panel names one state of the register. Whoever holds a copy can prove "
    "with it that nothing was altered since. It proves neither that a source is right nor that it is genuine."
)
_LISTS_ARE_EQUAL = (
    "A person on several lists is counted in each of these lines. No list stands above another, and nobody is sorted "
    "by conviction here."
)


def _edition(words: Words, n: int, digest: str) -> str:
    digest = isolated(digest[:16])
    return words.say("Edition {n}, file with SHA-256 {digest}…", n=words.number(n), digest=digest)


def _source_entries(show: Exhibition, words: Words) -> list[Entry]:
    case = show.printer.case
    own = [row_ for row_ in case.lists.values() if row_.cited_by is None]
    cited = [row_ for row_ in case.lists.values() if row_.cited_by is not None]
    found = [text(words, words.say("Lists"), "heading")] if own else []
    for row_ in own:
        found.append(text(words, isolated(row_.title)))
        found += [text(words, _edition(words, n, digest), "small") for n, digest in row_.files]  # fmt: skip
    if cited:
        found.append(text(words, words.say("Lists known only as these cite them"), "heading"))
        found += [text(words, isolated(row_.title)) for row_ in cited]
    found.append(text(words, words.say("Who speaks here"), "heading"))
    for label in ("Publisher", "Affiliation", "Funding", "Contact"):
        value = getattr(case.publisher, "name" if label == "Publisher" else label.lower())
        found.append(text(words, words.say("{label}: {value}", label=words.say(label), value=isolated(value))))
    found.append(text(words, words.say(_HEAD), "small"))  # fmt: skip
    return [*found, *show.said("sources", words)]

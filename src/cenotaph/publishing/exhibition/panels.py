"""The panels: title, what happened, numbers, places, women, who names them, names, the unnamed, sources.

Invariant: the order is that of the exhibition; a panel that has nothing to say is left out, but for the names: where
there are none, empty plates stand in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.config import read_period
from cenotaph.publishing.exhibition.plates import UNPLACED, Gathered, Plate, plates
from cenotaph.publishing.exhibition.sheets import (
    Entry,
    Printer,
    Sheet,
    foreign,
    isolated,
    number,
    row,
    side,
    text,
)
from cenotaph.publishing.safe import tag
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.pages import Facts, counted, uncounted
from cenotaph.publishing.site.words import RIGHT_TO_LEFT, Words

A_PANEL = 300  # names on a panel: a name stands five millimetres high and is read from a metre
_COLUMNS = 5
_PLACES = 16
_WOMEN = 400  # names that fit beside the words of the panel
_PLATES = {"columns": 5, "rows": 8}

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


def panels(show: Exhibition) -> list[Sheet]:
    """Return the panels in their order."""
    return [*_opening(show), *_women_panel(show), *walls(show), _unnamed(show), _sources(show)]


def _opening(show: Exhibition) -> Iterator[Sheet]:
    yield _panel(show, "title", "index.html", lambda words: show.printer.case.titles.get(words.language,
                 show.printer.case.title), _title, kind="title")  # fmt: skip
    yield _panel(show, "what-happened", "index.html", lambda words: words.say("What happened"), _what_happened)
    yield _panel(show, "numbers", "method.html", lambda words: words.say("How many"), _numbers)
    optional = (
        ("timeline", "index.html", lambda words: words.say("Dates"), _only_told("timeline")),
        ("figures", "method.html", lambda words: words.say("Figures in circulation"), _only_told("figures")),
        ("places", "names/index.html", lambda words: words.say("Where"), _places),
        ("other-groups", "lists.html", lambda words: words.say("Who names them"), _who_names),
    )
    for key, page, title, entries in optional:
        if any(entries(show, words) for words in show.printer.sides):
            yield _panel(show, key, page, title, entries)


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
    found = [text(words, words.say("Where the sources say that they were killed or disappeared"), "heading")]
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
    if not 0 < len(cards) <= _WOMEN:
        return [show.printer.sheet("women", "text", sides, "names/index.html")]
    part = plates(cards, script, own.say("Name not known"))
    wall = {"columns": _COLUMNS, "rows": -(-len(part) // _COLUMNS), "dir": own.direction}
    names = [named(plate, own) for plate in part]
    return [show.printer.sheet("women", "wall", sides, "names/index.html", names=names, wall=wall)]


def _who_names(show: Exhibition, words: Words) -> list[Entry]:
    rows = [(row_.title, show.facts.persons(name)) for name, row_ in show.printer.case.lists.items()]
    told = show.said("other-groups", words)
    if not rows and not told:
        return []
    found = [text(words, words.say("Persons whom each list names"), "heading")]
    found += [row(words, isolated(title), n) for title, n in rows]
    found.append(text(words, words.say(_LISTS_ARE_EQUAL), "small"))  # fmt: skip
    return [*(found if rows else []), *told]


def _only_told(key: str) -> Any:
    return lambda show, words: show.said(key, words)


def walls(show: Exhibition) -> list[Sheet]:
    """Return the panels with everybody's name, as even as can be; empty plates where there is nobody."""
    script, words = wall_script(show)
    everybody = plates(show.people.cards, script, words.say("Name not known"))
    if not everybody:
        return [_empty(show, "names")]
    count = -(-len(everybody) // A_PANEL)
    size = -(-len(everybody) // count)
    parts = [everybody[at : at + size] for at in range(0, len(everybody), size)]
    return [_wall(show, part, number_, len(parts), words) for number_, part in enumerate(parts, 1)]


def wall_script(show: Exhibition) -> tuple[str, Words]:
    """Return the script of the wall: that of most names, among those the languages are read in."""
    sides = show.printer.sides
    held = {words.script: sum(words.script in card.names for card in show.people.cards) for words in sides}
    best = max(sides, key=lambda words: (held[words.script], words.script != "Latn"))
    return best.script, best


def _wall(show: Exhibition, part: Sequence[Plate], at: int, of: int, own: Words) -> Sheet:
    titles = [side(words, _wall_title(words, at, of), []) for words in show.printer.sides]
    rows = -(-len(part) // _COLUMNS)
    return show.printer.sheet(
        f"names-{at}", "wall", titles, "names/index.html",
        names=[named(plate, own) for plate in part],
        wall={"columns": _COLUMNS, "rows": rows, "dir": own.direction},
    )  # fmt: skip


def _wall_title(words: Words, at: int, of: int) -> str:
    if of == 1:
        return words.say("Their names")
    return words.say("Their names, {at} of {of}", at=words.number(at), of=words.number(of))


def named(plate: Plate, own: Words) -> dict[str, Any]:
    """Return a name as the templates set it: each spelling with its language and direction."""
    found = {"first": _run(plate.first, plate.first_script, own)}
    if plate.second:
        found["second"] = _run(plate.second, plate.second_script, own)
    return found


def _run(name: str, script: str, own: Words) -> dict[str, str]:
    base = own.language if script == own.script else tag("", script)
    right = script in ("Arab", "Hebr") or (script == "Zyyy" and own.language in RIGHT_TO_LEFT)
    return {"text": name, "lang": base.split("-")[0], "dir": "rtl" if right else "ltr"}


def _unnamed(show: Exhibition) -> Sheet:
    return _empty(show, "unnamed")


def _empty(show: Exhibition, key: str) -> Sheet:
    sides = []
    for words in show.printer.sides:
        title = words.say("Those whose names we do not know") if key == "unnamed" else words.say("Their names")
        said = words.say("These plates are empty for those who are on no list. If you know a name, tell the people at "
                         "the stand. You need not say who you are.")  # fmt: skip
        sides.append(side(words, title, [text(words, said)]))
    return show.printer.sheet(key, "plates", sides, "index.html", plates=_PLATES)


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

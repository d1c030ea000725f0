"""The memorial as a folder of files, in every language of the case.

Invariant: everything is made from public types; the same people, case and estimate give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from cenotaph.campaign import Content
from cenotaph.publishing.asked import Askable
from cenotaph.publishing.public import Card
from cenotaph.publishing.public_ground import PublicGround
from cenotaph.publishing.site import accused, ask, feeds, names, pages, sites
from cenotaph.publishing.site import content as written
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.render import Printer
from cenotaph.publishing.site.search import shards
from cenotaph.publishing.site.words import Words, words
from cenotaph.publishing.tree import Filed, Place

ASSETS = ("style.css", "search.js", "ask.js", "lost.js", "icon.svg")
FONTS = ("Vazirmatn.woff2", "OFL.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that the pages beside those of people need."""

    facts: pages.Facts
    cards: Sequence[Card]
    layout: Layout
    inclusion: Mapping[str, Mapping[str, str]]
    downloads: Sequence[Filed]
    content: Content = field(default_factory=Content)
    ground: PublicGround = field(default_factory=PublicGround)
    askable: Askable | None = None


def build(site: Site, place: Place) -> Iterator[Filed]:
    """Write every page that is not a person's, the index of search and the assets."""
    said = [words(language) for language in site.facts.case.languages]
    for each in said:
        printer = Printer(site.facts.case, each, [other for other in said if other is not each], site.layout)
        yield from _pages(site, printer, place)
        yield from _written(site, printer, place)
        yield from _ground(site, printer, place)
        yield from _asked(site, printer, place)
        yield place.put(f"{each.language}/feed.xml", feeds.feed(site.facts.case, each, site.content))
    yield from _gates(site, said, place)
    for address, content in shards(site.cards, said, site.layout):
        yield place.put(address, content)
    if site.askable is not None:
        for address, content in ask.scripts(site.askable, site.cards, site.facts.case.lists):
            yield place.put(address, content)
    yield from _assets(place)
    for address, picture in written.pictures(site.content).items():
        yield place.put(address, picture)


def maps(site: Site, filed: Sequence[Filed], place: Place) -> Iterator[Filed]:
    """Write the site map of the pages that were filed."""
    addresses = sorted(file.address for file in filed if file.address.endswith(".html") and file.address != "404.html")
    for address, content in feeds.maps(site.facts.case.url, addresses):
        yield place.put(address, content)


def untranslated(languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each language the texts of the templates that it lacks; they are shown in English."""
    from cenotaph.publishing.site.render import TEMPLATES, source

    found = {}
    for language in languages:
        said = words(language)
        for name in TEMPLATES:
            said.fill(source(name))
        found[language] = tuple(sorted(said.missing))
    return {language: missing for language, missing in found.items() if missing}


def _pages(site: Site, printer: Printer, place: Place) -> Iterator[Filed]:
    folder = printer.words.language + "/"
    for template, parts in _single(site, printer.words):
        address = "index.html" if template == "home" else f"{template}.html"
        yield place.put(folder + address, printer.page(template, address, part=template, **parts))
    found = names.entries(site.cards, printer.words.script)
    for address, listed in names.pages(found, printer.words, site.layout):
        yield place.put(
            folder + address, printer.page("names", address, part="names", there="names/index.html", n=listed)
        )


def _written(site: Site, printer: Printer, place: Place) -> Iterator[Filed]:
    """Write the pages of what the group itself says, and the calendar files of its events."""
    folder = printer.words.language + "/"
    for template, address, parts in written.pages(site.content, site.facts, printer.words):
        yield place.put(folder + address, printer.page(template, address, **parts))
    for address, file in written.calendars(site.content, site.facts.case, printer.words):
        yield place.put(folder + address, file)


def _ground(site: Site, printer: Printer, place: Place) -> Iterator[Filed]:
    """Write the pages of sites and of those held responsible."""
    folder, people = printer.words.language + "/", {card.id: card for card in site.cards}
    made = [
        *sites.pages(site.ground, people, printer.words, site.layout),
        *accused.pages(site.ground, people, printer.words, site.layout),
    ]
    for template, address, parts in made:
        yield place.put(folder + address, printer.page(template, address, **parts))


def _asked(site: Site, printer: Printer, place: Place) -> Iterator[Filed]:
    """Write the page of questions, and a list for each flag."""
    if site.askable is None:
        return
    folder, lists = printer.words.language + "/", site.facts.case.lists
    found = list(ask.lists(site.askable, site.cards, lists, printer.words, site.layout))
    parts = {"a": ask.page(found, site.layout, printer.words)}
    yield place.put(folder + "ask.html", printer.page("ask", "ask.html", part="ask", **parts))
    for address, each in found:
        yield place.put(folder + address, printer.page("asked", address, part="ask", there="ask.html", a=each))


def _single(site: Site, said: Words) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "home", {"h": pages.home(site.facts, said)}
    yield "search", {"s": {"depth": site.layout.depth}}
    yield "lists", {"l": pages.lists(site.facts, said)}
    yield "methodology", {"m": pages.methodology(site.facts, said, site.inclusion)}
    yield "corrections", {"c": pages.corrections(site.facts.case, said)}
    yield "data", {"d": pages.data(site.downloads, said)}


def _gates(site: Site, said: Sequence[Words], place: Place) -> Iterator[Filed]:
    """Write the door of the site and the page for addresses that are not there, in all languages at once."""
    case = site.facts.case
    printer = Printer(case, said[0], [], site.layout)
    gates = [
        {
            "language": each.language,
            "direction": each.direction,
            "name": each.own_name,
            "invented": each.say(
                "Invented people: every person, place and list here was made up to show how this memorial works."
            ),
            "lost": each.say(
                "There is no page at this address. It may have been joined with another, or is not shown any more."
            ),
        }
        for each in said
    ]
    base = case.url.rstrip("/") + "/" if case.url else ""
    parts = {"gates": gates, "base": base, "depth": site.layout.depth}
    yield place.put("index.html", printer.page("gate", "index.html", missing=False, **parts))
    yield place.put("404.html", printer.page("gate", "404.html", missing=True, **parts))
    yield place.put("robots.txt", b"User-agent: *\nAllow: /\n")


def _assets(place: Place) -> Iterator[Filed]:
    package = files("cenotaph.publishing.site")
    for name in ASSETS:
        yield place.put(f"assets/{name}", package.joinpath(f"static/{name}").read_bytes())
    for name in FONTS:
        yield place.put(f"assets/fonts/{name}", package.joinpath(f"fonts/{name}").read_bytes())

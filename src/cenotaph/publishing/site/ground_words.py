"""What pages of sites and pages of actors write alike: texts in their language, names, times, sources, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minijinja import Markup

from cenotaph.publishing.public import Card
from cenotaph.publishing.public_ground import Ends, PublicSource, PublicText
from cenotaph.publishing.safe import tag
from cenotaph.publishing.site.content import said
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.runs import isolate, run
from cenotaph.publishing.site.words import Words

Page = tuple[str, str, dict[str, Any]]  # template, address below the language, parts


def chosen(texts: Sequence[PublicText], words: Words) -> dict[str, str]:
    """Return the text of the page's language, else the first there is, with its own language."""
    if not texts:
        return said("", words.language)
    text = next((each for each in texts if each.language == words.language), texts[0])
    return said(text.text, text.language)


def whole(texts: Iterable[PublicText]) -> list[dict[str, str]]:
    """Return every text with its language."""
    return [said(each.text, each.language) for each in texts]


def cited(sources: Iterable[PublicSource]) -> list[dict[str, Any]]:
    """Return sources as the templates take them."""
    return [
        {"title": isolate(each.title), "rest": isolate(each.page) if each.page else "", "url": ""} for each in sources
    ]


def term(since: Ends, until: Ends, words: Words) -> str:
    """Write from when to when, an end that nobody gives as not known."""
    first, last = span(*since, words), span(*until, words)
    unknown = words.say("not known")
    if not first and not last:
        return words.say("time not known")
    return words.say("began: {first}; ended: {last}", first=first or unknown, last=last or unknown)


def people(
    names: Iterable[str], cards: Mapping[str, Card], words: Words, layout: Layout, notes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return persons with the way to their pages from a folder below the language, as the language sorts names."""
    rows: list[dict[str, Any]] = [
        {"file": layout.person(name), "name": _name(cards[name], words), "note": notes.get(name, ""),
         "sort": (words.script not in cards[name].names, _text(cards[name], words), name)}
        for name in dict.fromkeys(names) if name in cards
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["sort"])


def _text(card: Card, words: Words) -> str:
    order = sorted(card.names, key=lambda script: (script != words.script, script != "Latn", script))
    return card.names[order[0]] if order else ""


def _name(card: Card, words: Words) -> Markup | str:
    order = sorted(card.names, key=lambda script: (script != words.script, script != "Latn", script))
    if not order:
        return words.say("Name not known")
    return run(card.names[order[0]], tag("", order[0]))

"""Templates of one language, ready to print pages.

Invariant: templates see frozen public types and finished words, everything is escaped unless it was made safe by
``runs``, and an unknown name in a template is an error, never an empty place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from minijinja import Environment, Markup

from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.site.layout import Layout, up
from cenotaph.publishing.site.moments import as_date, span
from cenotaph.publishing.site.runs import isolate, run
from cenotaph.publishing.site.words import Words

# `file:` lets a copy on a disk load its own files; a page from a server cannot reach files of the reader.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
    "font-src 'self' file:; form-action 'self' file:; base-uri 'self'"
)
TEMPLATES = (
    "base",
    "person",
    "alias",
    "home",
    "names",
    "search",
    "ask",
    "asked",
    "lists",
    "methodology",
    "corrections",
    "data",
    "gate",
    "cited",
    "document",
    "documents",
    "history",
    "figures",
    "places",
    "books",
    "letter",
    "sites",
    "site",
    "actors",
    "actor",
    "exposure",
)


@cache
def source(name: str) -> str:
    """Return the text of a template as it is in the package."""
    return files("cenotaph.publishing.site").joinpath(f"templates/{name}.html").read_text(encoding="utf-8")


class Printer:
    """Prints pages of one language.

    Parameters
    ----------
    case
        What is said about the case on every page.
    words
        The words of the language.
    others
        The words of the other languages of the site.
    layout
        Where pages lie.
    """

    def __init__(self, case: PublicCase, words: Words, others: Sequence[Words], layout: Layout) -> None:
        self.case = case
        self.words = words
        self.layout = layout
        self._environment = Environment(
            templates={f"{name}.html": words.fill(source(name)) for name in TEMPLATES},
            undefined_behavior="strict",
            trim_blocks=False,
        )
        self._environment.add_global("site", _site(case, words, others))

    def page(self, template: str, address: str, **parts: Any) -> bytes:
        """Return the bytes of a page; ``address`` is relative to the folder of the language.

        ``there`` among the parts is the same page in another language, where that has another address.
        """
        back = up(address)
        text = self._environment.render_template(
            f"{template}.html",
            **{"there": address, "up": back, "root": back + "../", "part": "", **parts},
        )
        return text.encode("utf-8")


def _title(case: PublicCase, words: Words) -> Markup:
    own = case.titles.get(words.language)
    return run(own, words.language) if own else isolate(case.title)


def _site(case: PublicCase, words: Words, others: Sequence[Words]) -> dict[str, Any]:
    day = as_date(case.date)
    return {
        "title": case.titles.get(words.language, case.title),
        "title_run": _title(case, words),
        "language": words.language,
        "direction": words.direction,
        "script": words.script,
        "others": [{"language": o.language, "direction": o.direction, "name": o.own_name} for o in others],
        "invented": case.invented,
        "publisher": isolate(case.publisher.name),
        "release": case.version,
        "date": span(day, day, words),
        "head": case.head,
        "head_short": case.head[:16],
        "csp": POLICY,
        "sections": _sections(case, words),
    }


def _sections(case: PublicCase, words: Words) -> list[dict[str, str]]:
    """Return the pages a group writes; only those that there are."""
    labels = {
        "ask": words.say("Ask"),
        "history": words.say("What happened"),
        "figures": words.say("Figures in circulation"),
        "places": words.say("Places"),
        "articles": words.say("Articles"),
        "events": words.say("Events"),
        "statements": words.say("Statements"),
        "books": words.say("Books"),
        "letter": words.say("A letter to an official"),
        "sites": words.say("Prisons and graves"),
        "actors": words.say("Alleged responsible"),
        "exposure": words.say("Posts and times"),
    }
    folders = ("articles", "events", "statements", "sites", "actors")
    return [
        {"code": code, "label": labels[code], "address": f"{code}/index.html" if code in folders else f"{code}.html"}
        for code in case.sections
    ]

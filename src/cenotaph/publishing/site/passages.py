"""The links that stand beside the sentences of a traced page, and the list of places that they lead to.

Invariant: a link leads to an entry of the same page; an entry says where the words stand and never what they are.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from cenotaph.publishing.public import PublicPassage
from cenotaph.publishing.site.runs import isolate, where
from cenotaph.publishing.site.words import Words


class Passages:
    """Numbers the passages of one page in the order in which its sentences lead to them.

    Parameters
    ----------
    known
        Every passage of the case, by record; the pages that lead elsewhere were left out before.
    words
        The language of the page.
    """

    def __init__(self, known: Mapping[str, PublicPassage], words: Words) -> None:
        self._known = known
        self._words = words
        self._cited: dict[str, int] = {}

    def cite(self, record: str) -> str:
        """Return the link that stands behind a sentence."""
        number = self._cited.setdefault(record, len(self._cited) + 1)
        label = html.escape(self._words.say("source {n}", n=self._words.number(number)))
        return f'<a class="trace" href="#passage-{number}">{label}</a>'

    def rows(self) -> list[dict[str, Any]]:
        """Return the places that were led to, once the text was written."""
        return [
            {"anchor": f"passage-{number}", "title": isolate(found.title),
             "where": self._words.say("; ").join(where(each, self._words) for each in found.locators)}
            for record, number in self._cited.items()
            for found in [self._known[record]]
        ]  # fmt: skip

    def files(self) -> list[dict[str, Any]]:
        """Return the captured texts that were led to, each once, with the digest that shows them unaltered."""
        found = dict.fromkeys((self._known[record].title, self._known[record].file) for record in self._cited)
        return [{"title": isolate(title), "digest": digest} for title, digest in found]

"""Runs of foreign text: a name or value stands in its own ``<bdi>`` with its language, so that no line is reordered.

Invariant: what comes out is escaped HTML; nothing a source wrote can open an element or leave an attribute.
"""

from __future__ import annotations

import html
import re

from minijinja import Markup

from cenotaph.publishing.public import PublicClaim
from cenotaph.publishing.safe import tag
from cenotaph.publishing.site.words import Words

_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,400}")


def run(text: str, language: str) -> Markup:
    """Return a text in its own language and direction."""
    return Markup(f'<bdi lang="{html.escape(language)}">{html.escape(text)}</bdi>')


def claim_run(claim: PublicClaim) -> Markup:
    """Return what a claim says, as written; a web address becomes a link that tells the other side nothing."""
    if _ADDRESS.fullmatch(claim.text):
        address = html.escape(claim.text)
        return Markup(
            f'<a href="{address}" rel="noopener noreferrer nofollow external"><bdi dir="ltr">{address}</bdi></a>'
        )
    return run(claim.text, tag(claim.language, claim.script))


def isolate(text: str) -> Markup:
    """Return a text whose direction the browser finds by its first letter."""
    return Markup(f"<bdi>{html.escape(text)}</bdi>")


def where(locator: str, words: Words) -> str:
    """Return a place in a source in the words of the language: ``row 17, column death``."""
    found = re.fullmatch(r"row (\d+)(?:, column (.+))?", locator)
    if found is None:
        return _passage(locator, words)
    row = words.say("row {row}", row=words.digits(found.group(1)))
    return row if found.group(2) is None else words.say("{row}, column {column}", row=row, column=found.group(2))


def _passage(locator: str, words: Words) -> str:
    found = re.fullmatch(r"(?:page (\d+), )?characters (\d+) to (\d+)", locator)
    if found is None:
        return locator
    page, start, end = (words.digits(part or "") for part in found.groups())
    if page:
        return words.say("page {page}, characters {start} to {end}", page=page, start=start, end=end)
    return words.say("characters {start} to {end}", start=start, end=end)

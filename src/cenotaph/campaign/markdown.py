"""Markdown to safe HTML or to plain paragraphs.

Invariant: no HTML of the author passes; a link leads to http, https, mailto or a relative address, or it is no link;
pictures stand in the front matter, with their consent, never in the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cenotaph.campaign.tracing import MARK, without_marks

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_LINKS = frozenset({"http", "https", "mailto"})


class _Strict(MarkdownIt):
    """A parser that takes few addresses for links."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  the name is the library's
        """Say whether an address may become a link."""
        found = _SCHEME.match(url)
        return found.group(1).lower() in _LINKS if found else not url.startswith(("//", "\\"))


@cache
def _parser() -> MarkdownIt:
    return _Strict("commonmark", {"html": False}).enable("table").disable("image")


def to_html(body: str, cite: Callable[[str], str] | None = None) -> str:
    """Return the HTML of a Markdown text; everything that could run or load something is text in it.

    Parameters
    ----------
    body
        Markdown.
    cite
        Makes safe HTML of a mark that leads to a record; marks are left out without it.
    """
    tokens = _parser().parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):  # the page's own title is the only h1
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.children:
            token.children = [part for child in token.children for part in _cited(child, cite)]
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer nofollow")
    return str(_parser().renderer.render(tokens, _parser().options, {}))


def blocks(body: str) -> tuple[str, ...]:
    """Return the plain text of each block with its marks."""
    return tuple("".join(_plain(token.children or [])) for token in _parser().parse(body) if token.type == "inline")


def _cited(token: Token, cite: Callable[[str], str] | None) -> list[Token]:
    """Take a piece of text apart where it leads to a record."""
    if token.type != "text" or not MARK.search(token.content):
        return [token]
    parts: list[Token] = []
    for place, piece in enumerate(MARK.split(token.content)):
        if place % 2 and cite is not None:
            parts.append(Token("html_inline", "", 0, content=cite(piece)))
        elif not place % 2:
            parts.append(Token("text", "", 0, content=piece if cite is not None else piece.rstrip()))
    return parts


def paragraphs(body: str) -> tuple[str, ...]:
    """Return the plain text of each paragraph, heading, list item and table cell, in order."""
    found = (
        without_marks("".join(_plain(token.children or [])))
        for token in _parser().parse(body)
        if token.type == "inline"
    )
    return tuple(text for text in found if text.strip())


def _plain(children: list[Token]) -> list[str]:
    breaks = ("softbreak", "hardbreak")
    return [" " if child.type in breaks else child.content for child in children]

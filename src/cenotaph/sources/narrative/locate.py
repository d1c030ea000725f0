"""Where a passage stands in a text: by its words, by its offsets, or by both, which must then agree.

Invariant: a place is returned only when there is exactly one. Messages say where, never what the passage says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers.documents import BREAK, Document, digest_of

_SHOWN = 5  # places named in a message
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person wrote down of a place; what they left out is None or empty."""

    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    digest: str = ""


def find(document: Document, mark: Mark) -> tuple[int, int]:
    """Return the offsets of a passage.

    Raises
    ------
    InputError
        It is not there, there twice, or not as its digest or its words say.
    """
    within = _page(document, mark.page)
    if mark.start is None or mark.end is None:
        return _by_words(document, mark, within)
    start, end = mark.start, mark.end
    if not 0 <= start < end <= len(document.text):
        raise InputError(
            Message(
                "characters {start} to {end} are not in the text, which has {n}; `cenotaph text` shows the offsets",
                start=str(start),
                end=str(end),
                n=len(document.text),
            )
        )
    if not within[0] <= start <= end <= within[1]:
        raise InputError(
            Message(
                "characters {start} to {end} are not on page {page}, which has {first} to {last}",
                start=str(start),
                end=str(end),
                page=str(mark.page),
                first=str(within[0]),
                last=str(within[1]),
            )
        )
    found = document.text[start:end]
    if (mark.quote and folded(mark.quote) != folded(found)) or (mark.digest and mark.digest != digest_of(found)):
        raise InputError(_changed(document, mark))
    return start, end


def _page(document: Document, page: int | None) -> tuple[int, int]:
    if page is None:
        return 0, len(document.text)
    if not document.paged:
        raise InputError(Message("this text has no pages; leave the page empty and write it into the reason"))
    if not 1 <= page <= len(document.pages):
        raise InputError(
            Message("there is no page {page}; the text has {n} pages", page=str(page), n=len(document.pages))
        )
    return document.page_span(page)


def _by_words(document: Document, mark: Mark, within: tuple[int, int]) -> tuple[int, int]:
    if not mark.quote.strip():
        raise InputError(Message("give the words of the passage, or where it starts and ends"))
    found = [place for place in places(document.text, mark.quote) if within[0] <= place[0] and place[1] <= within[1]]
    if mark.start is not None:
        found = [place for place in found if place[0] == mark.start]
    if not found:
        raise InputError(
            Message("the passage is not in the text; copy its words from `cenotaph text`, a few are enough")
        )
    if len(found) > 1:
        shown = ", ".join(str(start) for start, _ in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
        raise InputError(
            Message(
                "the passage stands {n} times in the text (from {places}); copy more words, or give its start",
                n=len(found),
                places=shown,
            )
        )
    start, end = found[0]
    if mark.digest and mark.digest != digest_of(document.text[start:end]):
        raise InputError(_changed(document, mark))
    return start, end


def _changed(document: Document, mark: Mark) -> Message:
    now = next(iter(places(document.text, mark.quote)), None) if mark.quote else None
    if now is not None:
        return Message(
            "the text at characters {start} to {end} is another one; these words now stand at {first} to {last}",
            start=str(mark.start), end=str(mark.end), first=str(now[0]), last=str(now[1]),
        )  # fmt: skip
    return Message(
        "the text at characters {start} to {end} is not the one that was marked; mark the passage again in this text",
        start=str(mark.start), end=str(mark.end),
    )  # fmt: skip


def places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield every place of some words in a text, however their white space is broken into lines or pages."""
    words = _SPACE.sub(" ", quote.strip()).split(" ")
    pattern = rf"[\s{BREAK}]+".join(map(re.escape, words))
    return ((found.start(), found.end()) for found in re.finditer(pattern, text)) if any(words) else iter(())


def folded(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()

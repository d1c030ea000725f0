"""Cells of the tables about sites and actors, as far as their tables are public.

Invariant: a cell of a table that does not say ``audience = "public"`` gives nothing here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cenotaph.publishing.public_ground import NEVER, Ends, PublicSource, PublicText
from cenotaph.publishing.safe import clean
from cenotaph.registry.said import Cited, Said, span_of
from cenotaph.registry.spans import FIRST, LAST


def open_cells(said: Iterable[Said]) -> tuple[Said, ...]:
    """Return the cells of public tables."""
    return tuple(each for each in said if each.cited.is_public)


def texts(said: Iterable[Said]) -> tuple[PublicText, ...]:
    """Return the texts of public rows, each once."""
    open_ones = (PublicText(text=clean(each.text), language=each.language) for each in open_cells(said))
    return tuple(dict.fromkeys(each for each in open_ones if each.text))


def ends(said: Iterable[Said]) -> Ends:
    """Return the first and last day that public rows allow, open where they leave it open."""
    span = span_of(open_cells(said))
    if span is None:
        return NEVER
    first = None if span.first == FIRST else dt.date.fromordinal(span.first)
    return first, None if span.last == LAST else dt.date.fromordinal(span.last)


def source(cited: Cited) -> PublicSource:
    """Return a source with the place in it."""
    return PublicSource(title=clean(cited.title), page=clean(cited.page))


def sources(cited: Iterable[Cited]) -> tuple[PublicSource, ...]:
    """Return the sources of public rows, each once."""
    return tuple(dict.fromkeys(source(each) for each in cited if each.is_public))

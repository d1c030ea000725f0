"""Frozen types that the rooms hand to each other. No behaviour beyond what follows from the fields themselves.

Tables travel as Arrow tables (their columns are described in ``docs/reference/tables.md``); these are the small facts
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

BY_RULE = ""  # chosen by nobody: the written rule decides
_INDEX = re.compile(r"\[(\d+)\]")


def split_key(key: str) -> tuple[str, int]:
    """Split a claim key into its property and its index, ``trial[2].date`` into ``("trial.date", 2)``.

    A key without an index has index 1: ``name`` and ``name[1]`` are the same claim slot.
    """
    found = _INDEX.search(key)
    return (_INDEX.sub("", key), int(found.group(1)) if found else 1)


class Verdict(StrEnum):
    """What a person decided about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A captured file: its bytes are kept under ``sources/`` by digest and never change."""

    digest: str
    filename: str
    size: int
    media_type: str
    list: str | None = None
    edition: int = 1
    sequence: int = 0
    origin: str = ""
    table: str | None = None  # a table about sites or actors


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table about sites or actors: its cells as written, and where each stands.

    ``cells`` holds what is said, by field (``name``, ``name@fa``); ``columns`` the heading of each; ``unmapped`` what
    stands under headings that no field has: kept, internal.
    """

    table: str
    about: str
    number: int
    source: str  # digest of the captured file
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    calendars: Mapping[str, str] = field(default_factory=dict)  # of date cells, as the workbook shows them
    unmapped: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    calendar: str | None = None
    date_order: str | None = None
    is_public: bool = False

    @property
    def where(self) -> str:
        """Where the row stands, for a report."""
        return f"[tables.{self.table}] row {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of one property in one record, as written, with its place in the source."""

    record: str
    key: str
    raw: str
    list: str
    source: str
    locator: str
    calendar: str | None = None

    @property
    def property(self) -> str:
        """The property without its index: ``trial.date`` for ``trial[2].date``."""
        return split_key(self.key)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place in a text that a person marked, and what it says; offsets count characters of the derived text."""

    start: int
    end: int
    digest: str  # of the marked text
    quote: str
    page: int | None = None  # counted from 1; None where the format has no pages
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def locator(self) -> str:
        """Where it stands, as claims say it: ``page 3, characters 120 to 180``."""
        span = f"characters {self.start} to {self.end}"
        return span if self.page is None else f"page {self.page}, {span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A record that a person entered from marked passages of one text: a person, an event or a statement."""

    record: str
    kind: str  # person | event | statement
    list: str  # the narrative
    source: str  # digest of the captured file
    reader: str  # what derived the text, with its version
    text: str  # digest of the derived text
    passages: tuple[Passage, ...]
    author: str
    reason: str = ""
    sequence: int = 0
    founded: int = 0  # the first entry under this record's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's decision about two records; kept for ever, superseded but never updated."""

    left: str
    right: str
    verdict: Verdict
    reviewer: str
    reason: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledPair:
    """Two records of a labelled sample, what coders said of them, and how the pair was drawn.

    It measures the links and has no part in them. ``of`` pairs had its stratum, ``drawn`` of them are in the sample.
    """

    left: str
    right: str
    sample: int
    stratum: str
    of: int
    drawn: int
    said: Mapping[str, Verdict] = field(default_factory=dict)  # coder -> the latest label


class Involvement(StrEnum):
    """What a person decided about a record and an allegation: does it concern the person of the record."""

    LINKED = "linked"
    NOT_LINKED = "not-linked"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A reviewer's decision that an allegation concerns the person of a record, or does not."""

    record: str
    allegation: str
    verdict: Involvement
    reviewer: str
    reason: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A person's decision about which claim of a property is shown; the others stay beside it."""

    record: str  # any record of the person
    property: str
    chosen: str  # the record whose claim is shown, or BY_RULE where a choice was taken back
    reviewer: str
    reason: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A column of one compiler's list that says an earlier list named the person: corroboration, not a capture."""

    name: str
    title: str
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What the people who configured the case know about a list; all that linkage and estimation may know of it."""

    name: str
    title: str = ""
    unique: bool = False
    capture: bool | None = None
    derived_from: tuple[str, ...] = ()
    citation_of: str | None = None
    covers: Mapping[str, Any] = field(default_factory=dict)
    date_order: str | None = None
    language: str | None = None
    calendars: Mapping[str, str] = field(default_factory=dict)
    states: str | None = None
    citations: tuple[Citation, ...] = ()
    register: str | None = None  # the imported register it is part of, which says itself who is one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Who was named by which lists: the overlap table an estimate rests on.

    ``patterns`` has shape (cells, lists), 0 or 1; ``counts`` has shape (cells,), persons. No all-zero row: nobody
    observed the unobserved. ``outside`` counts documented persons beyond the lists' common coverage, by reason.
    """

    lists: tuple[ListFacts, ...]
    patterns: NDArray[np.uint8]
    counts: NDArray[np.int64]
    stratum: str = ""
    outside: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def documented(self) -> int:
        """Persons on at least one of the lists, within the stratum."""
        return int(self.counts.sum())

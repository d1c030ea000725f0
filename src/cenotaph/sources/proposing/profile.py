"""What the cells of a column look like. Facts about values only; what they mean together is decided elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cenotaph import values
from cenotaph.sources.readers import RawTable
from cenotaph.values import PartialDate, tables

SAMPLE = 400  # distinct values looked at closely: enough for shares of a few per cent
_INTEGER = re.compile(r"\d{1,12}(\.0)?")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass
class Profile:
    """The values of one column, each once, with how often it stands there; what says nothing is left out."""

    name: str
    counts: Counter[str]
    rows: int
    calendar: str | None = None  # of a workbook's date cells

    @property
    def filled(self) -> int:
        """Return how many rows say something."""
        return self.counts.total()

    @property
    def sample(self) -> list[str]:
        """Return the commonest and then other distinct values."""
        return [value for value, _ in self.counts.most_common(SAMPLE)]

    @property
    def is_unique(self) -> bool:
        """Say whether every row says something, and something of its own."""
        return self.filled == self.rows == len(self.counts) and self.rows > 0

    @property
    def is_yes_no(self) -> bool:
        """Say whether it holds 0 and 1 and nothing else."""
        return bool(self.counts) and set(self.counts) <= {"0", "1", "۰", "۱", "0.0", "1.0"}

    def share(self, test: Callable[[str], bool]) -> float:
        """Return the share of filled rows, among those of the sample, whose value passes a test."""
        sample = self.sample
        total = sum(self.counts[value] for value in sample)
        return sum(self.counts[value] for value in sample if test(value)) / total if total else 0.0

    @cached_property
    def dates(self) -> float:
        """Return the share of values that are dates with a year; plain numbers are none unless they are years."""
        return self.share(_is_date)

    @property
    def ages(self) -> float:
        """Return the share of values that can be an age."""
        return self.share(lambda text: _is_age(text))

    @property
    def integers(self) -> float:
        """Return the share of whole numbers."""
        return self.share(lambda text: _INTEGER.fullmatch(text) is not None)

    def coded(self, kind: str) -> float:
        """Return the share of values that are words for a code."""
        return self.share(lambda text: values.code(kind, text) is not None)

    def in_script(self, script: str) -> float:
        """Return the share of values with letters whose script is this one."""
        return self.share(lambda text: _LETTERS.search(text) is not None and values.script_of(text) == script)

    def read_dates(self, **how: str | None) -> list[tuple[PartialDate, int]]:
        """Read every distinct value as a date, with how often it stands there."""
        calendar = how.get("calendar") or self.calendar
        language, order = how.get("language"), how.get("order")
        return [(values.date(text, calendar, language, order=order), n) for text, n in self.counts.items()]


def _is_date(text: str) -> bool:
    found = values.date(text)
    return found.is_known and "unreadable" not in found.flags


def _is_age(text: str) -> bool:
    found = values.age(text)
    return "unknown" in found.flags or (not found.flags and (found.low, found.high) != (None, None))


def missing_words() -> frozenset[str]:
    """Return the texts by which tables say nothing, such as NA."""
    return frozenset(word for row in tables.rows("missing_words") for word in row["words"].split("|"))


def profiles(table: RawTable, missing: Sequence[str] = ()) -> dict[str, Profile]:
    """Return the profile of each column."""
    silent = {"", *missing}
    found = {}
    for name in table.columns:
        counts = Counter(text.strip() for text in table.cells.column(name).to_pylist() if text)
        for word in silent & counts.keys():
            del counts[word]
        hints = Counter(hint for hint in table.calendars[name].to_pylist() if hint) if name in table.calendars else None
        calendar = hints.most_common(1)[0][0] if hints else None
        found[name] = Profile(name, counts, table.cells.num_rows, calendar)
    return found

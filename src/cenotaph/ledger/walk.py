"""One walk over the rows of a ledger: which entry each row is, and what is wrong with it.

Invariant: a row is the entry whose number makes its hash right, wherever it stands. So what was deleted, inserted,
renumbered or swapped is told apart from what was altered, and only causes are named, not everything they displace.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cenotaph.ledger.rows import Row, altered
from cenotaph.messages import Message

_NEAR = sorted(range(-16, 17), key=abs)  # how far a row is looked for from where it stands
_PATIENCE = 1000  # rows in doubt; beyond, they are named as altered without looking for the places they came from


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that is not as it was written. ``where`` is the entry's number, or the part of the ledger."""

    where: int | str
    what: str


@dataclass(slots=True)
class _Doubt:
    """A row whose hash is wrong under every number near it, with what its neighbours say of it."""

    row: Row
    before: bytes
    after: bytes | None = None


class Walk:
    """Takes rows one by one, in the order of their numbers; ``finish`` gives the faults.

    Parameters
    ----------
    first
        What the first entry may give as the entry before it.
    words_of
        Looks the salted digest of an entry's words up by number, for rows that no longer stand under their own.
    wanted
        Hashes to look out for: heads that somebody holds.
    """

    def __init__(
        self, first: Collection[bytes], words_of: Callable[[int], bytes | None], wanted: Collection[bytes]
    ) -> None:
        self.found: dict[bytes, int] = {}
        self.rows = 0
        self.head = b""
        self._first, self._words_of, self._wanted = first, words_of, wanted
        self._faults: list[Fault] = []
        self._gaps: list[range] = []
        self._moved: dict[int, int] = {}  # place -> the entry that stands there
        self._doubts: dict[int, _Doubt] = {}
        self._breaks: list[tuple[int, int]] = []
        self._wordless: list[int] = []
        self._erased: dict[int, int] = {}  # entry -> the erasure that names it
        self._place = self._shift = self._top = 0
        self._number: int | None = 0

    def step(self, row: Row) -> None:
        """Take the next row."""
        if row.sequence > self._place + 1:
            self._gaps.append(range(self._place + 1, row.sequence))
        if self._place in self._doubts:
            self._doubts[self._place].after = row.previous
        number = self._identify(row)
        if number is None:
            self._doubts[row.sequence] = _Doubt(row, self.head)
        else:
            self._accept(row, number)
            self._check_link(row, number)
        self._place, self._number = max(row.sequence, 0), number
        self.head = row.hash if isinstance(row.hash, bytes) else b""  # a damaged page can hold anything
        self.rows += 1

    @property
    def so_far(self) -> list[Fault]:
        """What is known when the walk cannot go on."""
        return sorted(set(self._faults))

    def finish(self, given: int = 0, known: int = 0) -> list[Fault]:
        """Return all faults in the order of entries.

        Parameters
        ----------
        given
            The highest place the database says it ever gave; what was slipped in counts there too.
        known
            The highest number of which somebody holds the head.
        """
        self._place_doubts()
        missing = self._missing(max(self._top, known, given if given > self._place else 0))
        faults = [*self._faults, *_about_missing(missing), *self._about_order(missing)]
        faults += [*self._about_breaks(), *self._about_words()]
        return sorted(set(faults))

    def _identify(self, row: Row) -> int | None:
        """Return the number under which the row's hash is right."""
        header = row.header
        if header is None:
            return None
        usual = row.sequence - self._shift
        if row.is_entry(header._replace(sequence=usual) if self._shift else header):
            return usual
        near = [row.sequence + away for away in _NEAR] if len(self._doubts) <= _PATIENCE else []
        number = next((number for number in near if row.is_entry(header._replace(sequence=number))), None)
        self._shift = self._shift if number is None else row.sequence - number
        return number

    def _accept(self, row: Row, number: int) -> None:
        """Take the row as this entry, and check what its hash covers by digest only."""
        self._top = max(self._top, number)
        if number != row.sequence:
            self._moved[row.sequence] = number
        if row.hash in self._wanted:
            self.found[row.hash] = number
        if row.own_facts_digest != row.facts_digest:
            self._faults.append(Fault(number, Message("its facts were altered")))
        elif row.kind == b"erasure":
            self._erased.update(dict.fromkeys(_erases(row), number))
        self._check_words(row, number)

    def _check_words(self, row: Row, number: int) -> None:
        digest = row.own_words_digest
        if digest != row.words_digest and number != row.sequence and self._words_of(number) == row.words_digest:
            return  # only the entry was moved, its words are still where they were
        if digest is None:
            self._wordless.append(number)
        elif digest != row.words_digest:
            self._faults.append(Fault(number, Message("its words or their salt were altered")))

    def _check_link(self, row: Row, number: int) -> None:
        if self._number is None or number != self._number + 1:
            return
        expected = (self.head,) if self.rows else self._first
        if expected and row.previous not in expected:
            self._breaks.append((self._number, number))

    def _place_doubts(self) -> None:
        """Find where rows in doubt belong: one may be the entry that is missing elsewhere."""
        if len(self._doubts) > _PATIENCE:
            return
        free = [*self._doubts, *(number for gap in self._gaps for number in gap[:_PATIENCE]), *self._moved][:_PATIENCE]
        for place, doubt in list(self._doubts.items()):
            header = doubt.row.header
            if header is None:
                continue
            number = next((n for n in free if doubt.row.is_entry(header._replace(sequence=n))), None)
            if number is not None:
                del self._doubts[place]
                self._accept(doubt.row, number)

    def _missing(self, top: int) -> list[range]:
        """Return the numbers that no row is, as ranges in order."""
        claimed = set(self._moved.values())
        spans = [range(gap.start, min(gap.stop, top + 1)) for gap in [*self._gaps, range(self._place + 1, top + 1)]]
        spans = [rest for span in spans for rest in _without(span, claimed)]
        spans += [range(place, place + 1) for place in self._moved if place not in claimed and 1 <= place <= top]
        return _merged(spans)

    def _about_order(self, missing: Sequence[range]) -> Iterator[Fault]:
        """Name what was inserted, what was altered where it stands, and what stands at another's place."""
        claimed = set(self._moved.values())
        standing = {number for number in claimed if number not in self._moved and self._stands(number)}
        inserted = sorted(standing | {place for place in self._doubts if place in claimed or place < 1})
        yield from (Fault(place, Message("an entry was inserted here")) for place in inserted)
        for place, doubt in self._doubts.items():
            if place not in inserted:
                yield Fault(place, altered(doubt.row, doubt.before, doubt.after))
        dropped = [place for place in sorted(self._moved) if any(place in span for span in missing)]
        for place, number in self._moved.items():
            if number != place - bisect_left(inserted, place) + bisect_right(dropped, number):
                yield Fault(place, Message("entry {entry} stands here", entry=str(number)))

    def _stands(self, number: int) -> bool:
        """Say whether there is a row at this place, whatever it is."""
        return number <= self._place and not any(number in gap for gap in self._gaps)

    def _about_breaks(self) -> Iterator[Fault]:
        """Say which of two entries is wrong when the second was not made after the first."""
        blamed = 0
        for here, following in pairwise([*self._breaks, (0, 0)]):
            before, after = here
            if before == blamed and blamed:
                continue
            if following[0] == after or before == 0:
                blamed = after
                yield Fault(after, Message("it was rewritten: it follows another entry than the one before it"))
            elif after == self._top:
                yield Fault(
                    after, Message("it does not follow entry {entry}: one of the two was rewritten", entry=str(before))
                )
            else:
                yield Fault(before, Message("it was rewritten: the entry after it follows another one"))

    def _about_words(self) -> Iterator[Fault]:
        for number in self._wordless:
            if self._erased.get(number, 0) <= number:
                yield Fault(number, Message("its words are gone, and no later erasure says so"))
        displaced = {*self._moved, *self._moved.values()}
        for number in self._erased.keys() - displaced:
            if self._words_of(number) is not None:
                yield Fault(number, Message("its words are still there, although they were erased"))


def _about_missing(missing: Sequence[range]) -> Iterator[Fault]:
    for span in missing:
        gone = "it is gone" if len(span) == 1 else f"entries {span.start} to {span.stop - 1} are gone"
        yield Fault(span.start, gone)


def _erases(row: Row) -> list[int]:
    """Return the entries an erasure names; none where its facts, well hashed as they are, make no sense."""
    try:
        named = json.loads(row.facts)["erases"]
        return [number for number in named if isinstance(number, int)]
    except (ValueError, KeyError, TypeError):
        return []


def _without(span: range, claimed: set[int]) -> list[range]:
    """Return what is left of a range without some numbers."""
    cuts = sorted(number for number in claimed if number in span)
    starts, stops = [span.start, *(cut + 1 for cut in cuts)], [*cuts, span.stop]
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def _merged(spans: list[range]) -> list[range]:
    """Join ranges that touch."""
    found: list[range] = []
    for span in sorted(spans, key=lambda span: span.start):
        if found and found[-1].stop == span.start:
            found[-1] = range(found[-1].start, span.stop)
        else:
            found.append(span)
    return found

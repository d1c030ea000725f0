"""Who held a post over a place when something was done there: presence, not responsibility.

Invariant: an act is counted for a post only where some source puts it at the post's place, and only as far as the days
allow: *certain*, *possible*, or *no*. No count says anything about what anybody did.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cenotaph.model import split_key
from cenotaph.registry.posts import Post
from cenotaph.registry.register import Register
from cenotaph.registry.spans import FIRST, LAST, Certainty, Span, every
from cenotaph.registry.spans import span_of as span_of_value
from cenotaph.registry.tenure import Tenure, at_the_time, during
from cenotaph.registry.where import WORDS, PlaceReader, Where, keys_said, own_keys

ACTS: Mapping[str, tuple[str, ...]] = {  # kind of act -> where claims say it was done, the most exact first
    "death": ("death.site", "death.place", "death.region"),
    "burial": ("burial.place",),
    "detention": ("detention.place",),
    "commission": ("commission.place",),
    "arrest": ("arrest.place",),
    "disappearance": ("disappearance.place",),
}
LASTS = "detention"
_EVER = Span(FIRST, LAST)
_AT = (Certainty.CERTAIN, Certainty.POSSIBLE)
Opens = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """One act at the place of a post, and how far the days agree; ``span`` is when it was done."""

    person: int
    kind: str
    index: int
    span: Span
    place: Certainty
    time: Certainty

    @property
    def verdict(self) -> Certainty:
        """Say how far place and time together hold."""
        return every((self.place, self.time))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A post and the acts at its place; those outside its time stand there too, as what they are."""

    post: Post
    acts: tuple[Exposed, ...]

    def count(self, kind: str, verdict: Certainty) -> int:
        """Return how many acts of a kind have a verdict."""
        return sum(each.kind == kind and each.verdict is verdict for each in self.acts)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return for each kind of act at the place how many are certain, possible and outside its time."""
        kinds = [kind for kind in ACTS if any(each.kind == kind for each in self.acts)]
        words = {Certainty.CERTAIN: "certain", Certainty.POSSIBLE: "possible", Certainty.CONTRADICTED: "no"}
        return {kind: {word: self.count(kind, verdict) for verdict, word in words.items()} for kind in kinds}


def exposures(
    register: Register,
    posts: Sequence[Post],
    where: PlaceReader,
    *,
    keeps: Callable[[int], bool] | None = None,
    opens: Opens | None = None,
) -> list[Exposure]:
    """Return for every post over a place the acts done there.

    Parameters
    ----------
    register
        The persons; only those included are counted.
    posts
        The posts; one that is over no place has no acts.
    where
        Reads what claims say of where.
    keeps
        Which persons count besides, by index; all when left out.
    opens
        Which properties may be looked at; all when left out.
    """
    work = _Work(register, posts, where, opens)
    included = register.table.column("included").to_numpy()
    found: list[list[Exposed]] = [[] for _ in posts]
    for person in work.candidates():
        if included[person] and (keeps is None or keeps(person)):
            for at, exposed in work.exposed(person):
                found[at].append(exposed)
    return [Exposure(post=post, acts=tuple(acts)) for post, acts in zip(posts, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which columns say where and when acts of a kind and index were done."""

    kind: str
    index: int
    where: tuple[str, ...]
    names: tuple[str, ...]  # of the properties that say where
    day: tuple[str, ...]
    end: tuple[str, ...]


class _Work:
    """Goes through persons; what posts a text touches is worked out once for each distinct text."""

    def __init__(self, register: Register, posts: Sequence[Post], where: PlaceReader, opens: Opens | None) -> None:
        self._register, self._posts, self._where = register, posts, where
        self._tenures = [post.tenure for post in posts]
        self._asked = tuple(_asked(register.assembly.columns.keys, opens))
        self._touched: dict[Where, Mapping[int, Certainty | None]] = {}

    def candidates(self) -> list[int]:
        """Return the persons of whom some claim puts an act at the place of some post."""
        columns, groups = self._register.assembly.columns, self._register.groups
        marks = np.zeros(columns.size, np.uint8)
        for key in {key for asked in self._asked for key in asked.where}:
            column = columns[key]
            touched = [self._is_touched(self._where.read(text)) for text in column.texts]
            marks |= np.asarray([*touched, False], np.uint8)[column.codes]
        return [int(person) for person in np.flatnonzero(groups.any_bits(marks))]

    def exposed(self, person: int) -> Iterator[tuple[int, Exposed]]:
        """Yield each act of a person at the place of a post, with the place of the post among them."""
        rows = self._register.groups.members(person)
        for asked in self._asked:
            said = [found for row in self._chosen(rows, asked.names) if (found := self._said(row, asked)) is not None]
            places = {at: _together(self._over(each)[at] for each in said) for at in self._near(said)}
            open_ones = {at: place for at, place in places.items() if place is not Certainty.CONTRADICTED}
            when = self._when(rows, asked) if open_ones else _EVER
            for at, place in open_ones.items():
                yield at, _exposed(person, asked, when, self._tenures[at], place)

    def _near(self, said: Iterable[Where]) -> list[int]:
        return sorted({at for each in said for at, verdict in self._over(each).items() if verdict in _AT})

    def _is_touched(self, place: Where) -> bool:
        return any(verdict in _AT for verdict in self._over(place).values())

    def _over(self, place: Where) -> Mapping[int, Certainty | None]:
        if place not in self._touched:
            self._touched[place] = {at: covers(post, place, self._where) for at, post in enumerate(self._posts)}
        return self._touched[place]

    def _chosen(self, rows: Sequence[int], names: Sequence[str]) -> Sequence[int]:
        """Return the records that count: all, or the one whose place a reviewer chose."""
        assembly = self._register.assembly
        if not assembly.choices:
            return rows
        ids = [assembly.columns.record[row].as_py() for row in rows]
        made = [choice for record in ids for choice in assembly.choices.get(record, ()) if choice.property in names]
        latest = {choice.property: choice for choice in sorted(made, key=lambda each: each.sequence)}
        live = [
            choice for choice in latest.values() if choice.chosen in ids
        ]  # not taken back, and still of this person
        last = max(live, key=lambda each: each.sequence, default=None)
        return rows if last is None else [row for row, record in zip(rows, ids, strict=True) if record == last.chosen]

    def _said(self, row: int, asked: _Asked) -> Where | None:
        """Join what one record says of where; None where it says nothing."""
        columns = self._register.assembly.columns
        said = [self._where.read(text) for key in asked.where if (text := columns.text(key, row))]
        return functools.reduce(Where.joined, said) if said else None

    def _when(self, rows: Sequence[int], asked: _Asked) -> Tenure | Span:
        """Return when an act was done, or from when to when it lasted; undated: any day."""
        day = self._span(rows, asked.day)
        return Tenure.of(day, self._span(rows, asked.end)) if asked.kind == LASTS else day or _EVER

    def _span(self, rows: Sequence[int], keys: Sequence[str]) -> Span | None:
        found = self._register.assembly.values(rows, keys) if keys else ()
        return span_of_value(found[0]) if found else None


def _asked(keys: Iterable[str], opens: Opens | None) -> Iterator[_Asked]:
    """Yield the kinds and indexes of acts that some column says the place of."""
    split = {key: split_key(key) for key in keys}
    of: dict[tuple[str, int], list[str]] = {}
    for key, found in split.items():
        if opens is None or opens(found[0]):
            of.setdefault(found, []).append(key)
    for kind, names in ACTS.items():
        for index in sorted({found[1] for found in of if found[0] in names}):
            said = tuple(key for name in names for key in of.get((name, index), ()))
            day, end = of.get((f"{kind}.date", index), ()), of.get((f"{kind}.end", index), ())
            yield _Asked(kind, index, said, names, tuple(day), tuple(end))


def _exposed(person: int, asked: _Asked, when: Tenure | Span, tenure: Tenure, place: Certainty) -> Exposed:
    if isinstance(when, Tenure):
        span, time = Span(when.start.first, when.end.last), during(tenure, when)
    else:
        span, time = when, at_the_time(tenure, when)
    return Exposed(person=person, kind=asked.kind, index=asked.index, span=span, place=place, time=time)


def _together(verdicts: Iterable[Certainty | None]) -> Certainty:
    """Return what several records come to: their verdict where they agree, else possible; no where none says it."""
    found = {each for each in verdicts if each is not None}
    return found.pop() if len(found) == 1 else Certainty.POSSIBLE if found else Certainty.CONTRADICTED


def covers(post: Post, place: Where, where: PlaceReader) -> Certainty | None:
    """Say whether words put an act at the place of a post; None where they name only what the place lies in.

    Whoever says no more than the town does not put anybody into its prison, and does not say otherwise either.
    """
    sure = Certainty.CERTAIN if place.is_certain else Certainty.POSSIBLE
    if post.site:
        if post.site in place.sites:
            return sure
        is_wider = not place.sites and bool(where.of_site(post.site) & place.keys)
    else:
        own = own_keys(post.places)
        if own & place.keys:
            return sure
        known = {key for key in place.keys if not key.startswith(WORDS)}
        is_wider = bool(known) and known <= keys_said(post.places) - own
    return None if is_wider else Certainty.CONTRADICTED

"""Who held a post over a place when something was done there: presence, not responsibility.

Invariant: an act is counted for a post only where some source puts it at the post's place, and only as far as the days
allow: *certain*, *possible*, or *no*. No count says anything about what anybody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cenotaph.model import split_key
from cenotaph.registry.posts import Post
from cenotaph.registry.register import Register
from cenotaph.registry.spans import FIRST, LAST, Span, Verdict, every
from cenotaph.registry.spans import span_of as span_of_value
from cenotaph.registry.tenure import Tenure, at_the_time, during
from cenotaph.registry.whereabouts import WORDS, Where, Whereabouts, keys_said, own_keys

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
Opens = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """One act at the place of a post, and how far the days agree; ``span`` is when it was done."""

    person: int
    kind: str
    index: int
    span: Span
    place: Verdict
    time: Verdict

    @property
    def verdict(self) -> Verdict:
        """Say how far place and time together hold."""
        return every((self.place, self.time))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A post and the acts at its place; those outside its time stand there too, as what they are."""

    post: Post
    acts: tuple[Exposed, ...]

    def count(self, kind: str, verdict: Verdict) -> int:
        """Return how many acts of a kind have a verdict."""
        return sum(each.kind == kind and each.verdict is verdict for each in self.acts)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return for each kind of act at the place how many are certain, possible and outside its time."""
        kinds = [kind for kind in ACTS if any(each.kind == kind for each in self.acts)]
        words = {Verdict.CERTAIN: "certain", Verdict.POSSIBLE: "possible", Verdict.CONTRADICTED: "no"}
        return {kind: {word: self.count(kind, verdict) for verdict, word in words.items()} for kind in kinds}


def exposures(
    register: Register,
    posts: Sequence[Post],
    where: Whereabouts,
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
    included = register.table.column("included").to_numpy()
    chosen = [person for person in _candidates(register, posts, where, opens) if included[person]]
    found: list[list[Exposed]] = [[] for _ in posts]
    for person in chosen:
        if keeps is None or keeps(person):
            for act in _acts(register, person, where, opens):
                for at, post in enumerate(posts):
                    if exposed := _exposed(person, act, post, where):
                        found[at].append(exposed)
    return [Exposure(post=post, acts=tuple(acts)) for post, acts in zip(posts, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Act:
    """An act of one person: when, and what each record says of where."""

    kind: str
    index: int
    when: Tenure | Span
    where: tuple[Where, ...]


def _exposed(person: int, act: _Act, post: Post, where: Whereabouts) -> Exposed | None:
    place = _together(covers(post, each, where) for each in act.where)
    if place is Verdict.CONTRADICTED:
        return None
    if isinstance(act.when, Tenure):
        span, time = Span(act.when.start.first, act.when.end.last), during(post.tenure, act.when)
    else:
        span, time = act.when, at_the_time(post.tenure, act.when)
    return Exposed(person=person, kind=act.kind, index=act.index, span=span, place=place, time=time)


def _together(verdicts: Iterable[Verdict | None]) -> Verdict:
    """Return what several records come to: their verdict where they agree, else possible; no where none says it."""
    found = {each for each in verdicts if each is not None}
    return found.pop() if len(found) == 1 else Verdict.POSSIBLE if found else Verdict.CONTRADICTED


def covers(post: Post, place: Where, where: Whereabouts) -> Verdict | None:
    """Say whether words put an act at the place of a post; None where they name only what the place lies in.

    Whoever says no more than the town does not put anybody into its prison, and does not say otherwise either.
    """
    sure = Verdict.CERTAIN if place.is_certain else Verdict.POSSIBLE
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
    return None if is_wider else Verdict.CONTRADICTED


def _candidates(register: Register, posts: Sequence[Post], where: Whereabouts, opens: Opens | None) -> list[int]:
    """Return the persons of whom some claim names the place of some post; each distinct text is looked at once."""
    columns, groups = register.assembly.columns, register.groups
    marks = np.zeros(columns.size, np.uint8)
    for key in _keys(columns.keys, [name for names in ACTS.values() for name in names], opens):
        column = columns[key]
        touched = [
            any(covers(post, where.read(text), where) in (Verdict.CERTAIN, Verdict.POSSIBLE) for post in posts)
            for text in column.texts
        ]
        marks |= np.asarray([*touched, False], np.uint8)[column.codes]
    return [int(person) for person in np.flatnonzero(groups.any_bits(marks))]


def _keys(keys: Iterable[str], names: Sequence[str], opens: Opens | None) -> list[str]:
    return [key for key in keys if split_key(key)[0] in names and (opens is None or opens(split_key(key)[0]))]


def _acts(register: Register, person: int, where: Whereabouts, opens: Opens | None) -> Iterator[_Act]:
    columns, rows = register.assembly.columns, register.groups.members(person)
    for kind, names in ACTS.items():
        keys = _keys(columns.keys, names, opens)
        for index in sorted({split_key(key)[1] for key in keys}):
            of_act = [key for key in keys if split_key(key)[1] == index]
            said = [_of_record(register, row, of_act, names, where) for row in _chosen(register, rows, names)]
            places = tuple(each for each in said if each is not None)
            if places:
                yield _Act(kind, index, _when(register, rows, kind, index, opens), places)


def _chosen(register: Register, rows: Sequence[int], names: Sequence[str]) -> Sequence[int]:
    """Return the records that count: all, or the one whose place a reviewer chose."""
    ids = [register.assembly.columns.record[row].as_py() for row in rows]
    made = [choice for record in ids for choice in register.assembly.choices.get(record, ())]
    last = max((each for each in made if each.property in names), key=lambda each: each.sequence, default=None)
    return rows if last is None else [row for row, record in zip(rows, ids, strict=True) if record == last.chosen]


def _of_record(
    register: Register, row: int, keys: Sequence[str], names: Sequence[str], where: Whereabouts
) -> Where | None:
    """Join what one record says of where; None where it says nothing."""
    columns = register.assembly.columns
    ordered = sorted(keys, key=lambda key: names.index(split_key(key)[0]))
    said = [where.read(text) for key in ordered if (text := columns.text(key, row))]
    if not said:
        return None
    found = said[0]
    for each in said[1:]:
        found = found.joined(each)
    return found


def _when(register: Register, rows: Sequence[int], kind: str, index: int, opens: Opens | None) -> Tenure | Span:
    """Return when an act was done, or from when to when it lasted; undated: any day."""
    day = _span(register, rows, f"{kind}.date", index, opens)
    if kind != LASTS:
        return day or _EVER
    return Tenure.of(day, _span(register, rows, f"{kind}.end", index, opens))


def _span(register: Register, rows: Sequence[int], name: str, index: int, opens: Opens | None) -> Span | None:
    keys = [key for key in _keys(register.assembly.columns.keys, [name], opens) if split_key(key)[1] == index]
    found = register.assembly.values(rows, keys) if keys else ()
    return span_of_value(found[0]) if found else None

"""A person's acts: which claims of several records speak of one act, and in which order the acts happened.

Two records' first arrests may be two arrests, so acts are told apart by what is said of them, not by their number:

1. What one record numbers apart stays apart. A person is born, dies and is buried once, whatever the numbers.
2. Two dated accounts are one act when their dates overlap or lie no more than `NEAR_DAYS` apart, and their places can
   be one. Where both are dated that closely and overlap, they are one act and a place that differs is disputed.
3. Where a date is missing, places that agree make one act; with no place either, the same number does.
4. An account that fits several acts goes to the nearest.

Each act carries the `Doubt` that remains. No claim is lost, and the order of the records changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph import values
from cenotaph.model import split_key
from cenotaph.registry.conflicts import agree
from cenotaph.registry.persons import Act, Doubt, Person, ReadClaim, Value
from cenotaph.registry.spans import LAST, Span, hull, span_of
from cenotaph.values import PartialDate, Place

NEAR_DAYS = 31  # days of two sources for one act are rarely further apart; a month read in the wrong calendar is
ONCE = frozenset({"birth", "death", "burial"})
# What comes first of two acts whose dates cannot tell. "event" is anything, so it stands where its date puts it.
_COURSE = ("birth", "arrest", "disappearance", "detention", "interrogation", "trial", "sentence", "transfer",
           "commission", "release", "event", "death", "burial", "notification", "withholding", "protest")  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What one record says of one act, under one number."""

    record: str
    index: int
    claims: tuple[ReadClaim, ...]

    @cached_property
    def span(self) -> Span | None:
        """When it was, over all its dates; None where it gives none."""
        dates = [claim.reading for claim in self.claims if isinstance(claim.reading, PartialDate)]
        bounds = [values.day_bounds(date) for date in dates]
        return hull(Span(*each) for each in bounds if each is not None)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where it was."""
        return tuple(claim.reading for claim in self.claims if isinstance(claim.reading, Place))

    @property
    def vagueness(self) -> tuple[int, int, int, str]:
        """Order accounts from the most definite; the same whichever list was read first."""
        span = self.span
        width = LAST if span is None else _width(span)
        return (width, LAST if span is None else span.first, self.index, self.record)


@dataclass
class Told:
    """One act, and every account of it."""

    accounts: list[Account] = field(default_factory=list)
    doubt: Doubt = Doubt.NONE

    @property
    def names(self) -> frozenset[tuple[str, int]]:
        """Record and number of each account."""
        return frozenset((account.record, account.index) for account in self.accounts)

    @property
    def records(self) -> frozenset[str]:
        """The records that speak of it."""
        return frozenset(account.record for account in self.accounts)

    @property
    def span(self) -> Span | None:
        """When it was, over all accounts."""
        return hull(account.span for account in self.accounts if account.span is not None)

    def takes(self, account: Account) -> bool:
        """Say whether an account can be of this act: of another record, and against none of its accounts."""
        return account.record not in self.records and all(_is_same(each, account) for each in self.accounts)

    def distance(self, account: Account) -> tuple[int, int]:
        """Return how far an account is from the most definite one: in days, then in numbers."""
        best = self.accounts[0]
        days = 0 if best.span is None or account.span is None else _gap(best.span, account.span)
        return (days, abs(best.index - account.index))


def accounts(claims: Iterable[ReadClaim]) -> list[Account]:
    """Gather the claims about one kind of act by record and number."""
    found: dict[tuple[str, int], list[ReadClaim]] = {}
    for claim in claims:
        found.setdefault((claim.claim.record, split_key(claim.claim.key)[1]), []).append(claim)
    return [Account(record, index, tuple(said)) for (record, index), said in found.items()]


def tell_apart(found: Sequence[Account]) -> list[Told]:
    """Return the acts that the accounts of one kind speak of, in the order they happened as far as anybody says."""
    if len(found) == 1:
        return [Told([found[0]])]
    told: list[Told] = []
    for account in sorted(found, key=lambda each: each.vagueness):
        fitting = [act for act in told if act.takes(account)]
        if not fitting:
            told.append(Told([account]))
            continue
        act = min(fitting, key=lambda each: each.distance(account))
        act.doubt = _joined(act, account, fitting)
        act.accounts.append(account)
    for act in told:
        if act.doubt is Doubt.NONE and _is_perhaps_another(act, told):
            act.doubt = Doubt.APART
    return _in_time(told)


def _joined(act: Told, account: Account, fitting: Sequence[Told]) -> Doubt:
    if len(fitting) > 1:
        return Doubt.EITHER
    if account.span is None and not account.places and act.doubt is Doubt.NONE:
        return Doubt.UNTOLD
    return act.doubt


def _is_perhaps_another(act: Told, told: Sequence[Told]) -> bool:
    """Say whether no record tells the act apart from some other: it may be that one, with a date in dispute."""
    return any(other is not act and not act.records & other.records for other in told)


def _is_same(one: Account, other: Account) -> bool:
    if one.span is not None and other.span is not None:
        days = _gap(one.span, other.span)
        is_close = days == 0 and max(_width(one.span), _width(other.span)) <= NEAR_DAYS
        return is_close or (days <= NEAR_DAYS and _places_allow(one, other))
    if one.places and other.places:
        return _places_allow(one, other)
    return one.index == other.index


def _places_allow(one: Account, other: Account) -> bool:
    return all(agree(left, right) for left in one.places for right in other.places)


def _width(span: Span) -> int:
    return span.last - span.first


def _gap(one: Span, other: Span) -> int:
    """Return the days between two spans, 0 where they overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def _in_time(told: Sequence[Told]) -> list[Told]:
    """Order acts by their first possible day; an undated one follows the one its record numbers before it."""
    days = {(each.record, each.index): each.span.first for act in told for each in act.accounts if each.span}
    return sorted(told, key=lambda act: (min(_day(each, days) for each in act.accounts), *_tie(act)))


def _tie(act: Told) -> tuple[int, int, str]:
    span = act.span
    number = min(account.index for account in act.accounts)
    return (number, LAST if span is None else span.last, min(act.records))


def _day(account: Account, days: Mapping[tuple[str, int], int]) -> int:
    """Return the first possible day of an account, or that of the nearest dated act its record numbers beside it."""
    if account.span is not None:
        return account.span.first
    near = {index: day for (record, index), day in days.items() if record == account.record}
    before = [index for index in near if index < account.index]
    after = [index for index in near if index > account.index]
    if before:
        return near[max(before)]
    return near[min(after)] if after else LAST


def acts(found: Sequence[Value], doubts: Mapping[tuple[str, int], Doubt]) -> tuple[Act, ...]:
    """Group values into acts, in time order over all kinds; those of no date stand by the usual course of things."""
    grouped: dict[tuple[str, int], list[Value]] = {}
    for value in found:
        kind = values.property_of(value.property).act
        if kind:
            grouped.setdefault((kind, value.index), []).append(value)
    made = [
        Act(kind=kind, index=index, values=tuple(group), doubt=doubts.get((kind, index), Doubt.NONE))
        for (kind, index), group in grouped.items()
    ]
    return tuple(_ordered(made))


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that something happened: an act, or several that no record tells apart, counted as one in dispute."""

    acts: tuple[Act, ...]

    def values(self, name: str) -> tuple[Value, ...]:
        """Return what is said of a property, ``arrest.date``."""
        return tuple(value for act in self.acts if (value := act.value(name)) is not None)

    def span(self, name: str) -> Span | None:
        """Return the days that all accounts allow; None where none gives any."""
        return hull(span for value in self.values(name) if (span := span_of(value)) is not None)


def occasions(person: Person, kind: str) -> tuple[Occasion, ...]:
    """Return the times that something was done to a person; acts that may be one another are counted as one time."""
    found = [act for act in person.acts if act.kind == kind]
    sure = [Occasion((act,)) for act in found if act.doubt is not Doubt.APART]
    unsure = tuple(act for act in found if act.doubt is Doubt.APART)
    return (*sure, Occasion(unsure)) if unsure else tuple(sure)


def when(act: Act) -> Span | None:
    """Return when an act was, over every date that sources give of it."""
    return hull(span for value in act.values if (span := span_of(value)) is not None)


def _ordered(made: Sequence[Act]) -> list[Act]:
    """Order dated acts by their first day; an undated one stands before the first act that comes later by course."""
    days = [(day, _rank(act), act) for act in made if (day := _shown_day(act)) is not None]
    dated = [act for _, _, act in sorted(days, key=lambda each: each[:2])]
    for act in sorted((act for act in made if _shown_day(act) is None), key=_rank):
        dated.insert(next((at for at, other in enumerate(dated) if _rank(other) > _rank(act)), len(dated)), act)
    return dated


def _shown_day(act: Act) -> int | None:
    """Return the first day of the date that is shown, so that an act stands where its date puts it on the page."""
    for value in sorted(act.values, key=lambda each: each.property != f"{act.kind}.date"):
        reading = value.chosen.reading
        bounds = values.day_bounds(reading) if isinstance(reading, PartialDate) else None
        if bounds is not None:
            return bounds[0]
    return None


def _rank(act: Act) -> tuple[int, int]:
    return (_COURSE.index(act.kind), act.index)

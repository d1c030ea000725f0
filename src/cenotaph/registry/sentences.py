"""Sentence arithmetic: from when a sentence counts and when it should have ended, with the values that say so.

Invariant: time before the trial is neither counted nor left out unless a source says so; unsaid, the span holds both.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph import values
from cenotaph.registry.persons import Doubt, Person, Value
from cenotaph.registry.spans import FIRST, LAST, Certainty, Span, believed, hull, is_before, is_lunar, release, span_of
from cenotaph.values import Term, TermKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One sentence: when it was passed, from when it counts, when it should have ended, and the values that say so."""

    passed: Span
    start: Span
    end: Span
    terms: tuple[Term, ...]
    grounds: tuple[Value, ...]
    is_sure: bool  # some record tells it apart from every other sentence

    @property
    def is_prison(self) -> bool:
        """Whether some source gives a term in prison, for years or for life."""
        return any(each.kind in (TermKind.FIXED, TermKind.LIFE) for each in self.terms)

    @property
    def is_only_death(self) -> bool:
        """Whether every source gives a death sentence, which has no end of a term."""
        return all(each.kind is TermKind.DEATH for each in self.terms)


def value_at(person: Person, name: str, index: int) -> Value | None:
    """Return the value of a property of one act of several."""
    return next((each for each in person.values if each.property == name and each.index == index), None)


def sentences(person: Person) -> tuple[Served, ...]:
    """Return each sentence some source gives the length or kind of."""
    indexes = sorted({each.index for each in person.values if each.property in ("sentence.length", "sentence.kind")})
    return tuple(_served(person, index) for index in indexes)


def _served(person: Person, index: int) -> Served:
    dates = [value_at(person, f"sentence.{name}", index) for name in ("start", "date")]
    started, passed = dates
    arrests, counted = _arrests(person, span_of(passed)), value_at(person, "sentence.time_served", index)
    arrest = hull(span for value in arrests if (span := span_of(value)) is not None)
    lengths = [value_at(person, f"sentence.{name}", index) for name in ("length", "kind")]
    terms = _terms(lengths)
    start = span_of(started) or _start(arrest, span_of(passed), counted)
    lunar = any(is_lunar(each) for each in (started, passed, *arrests))
    end = hull(release(start, each, lunar=lunar) for each in terms) or Span(start.first, LAST)
    grounds = tuple(each for each in (started, passed, *arrests, counted, *lengths) if each is not None)
    return Served(
        passed=span_of(passed) or Span(FIRST, LAST),
        start=start,
        end=end,
        terms=terms,
        grounds=grounds,
        is_sure=not any(
            act.kind == "sentence" and act.index == index and act.doubt is Doubt.APART for act in person.acts
        ),
    )


def _arrests(person: Person, passed: Span | None) -> tuple[Value, ...]:
    """Return the arrests a sentence may have followed: all but those that certainly came after it was passed."""
    dated = [each for each in person.values if each.property == "arrest.date" and span_of(each) is not None]
    return tuple(each for each in dated if passed is None or not _follows(span_of(each), passed))


def _follows(arrest: Span | None, passed: Span) -> bool:
    return arrest is not None and is_before(passed, arrest) is Certainty.CERTAIN


def _terms(said: list[Value | None]) -> tuple[Term, ...]:
    """Return what length and kind say; a kind that gives no term ("prison") adds nothing to a stated length."""
    length, kind = said
    lengths = [values.term(claim.claim.raw) for claim in believed(length)] if length else []
    kinds = [values.term(claim.claim.raw) for claim in believed(kind)] if kind else []
    read = [each for each in kinds if each.kind is not TermKind.UNREAD]
    return tuple(lengths + read) or tuple(kinds)


def _start(arrest: Span | None, passed: Span | None, counted: Value | None) -> Span:
    anywhen = Span(FIRST, LAST)
    said = {values.code("answer", claim.claim.raw) for claim in believed(counted)} if counted else {None}
    if said == {"yes"}:
        return arrest or anywhen
    if said == {"no"}:
        return passed or anywhen
    return (
        hull([arrest or Span(FIRST, (passed or anywhen).last), passed or Span((arrest or anywhen).first, LAST)])
        or anywhen
    )

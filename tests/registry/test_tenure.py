"""The interval logic of posts and acts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.registry.spans import FIRST, LAST, Certainty, Span
from cenotaph.registry.tenure import Tenure, at_the_time, during

DAYS = st.integers(-40, 40).map(lambda day: 725_000 + day)
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: Span(min(pair), max(pair)))
TENURES = st.tuples(SPANS, SPANS).map(lambda pair: Tenure(*pair)).filter(lambda held: not held.is_contradictory)
ORDER = {Certainty.CONTRADICTED: 0, Certainty.POSSIBLE: 1, Certainty.CERTAIN: 2}


def wider(span: Span, days: int) -> Span:
    return Span(span.first - days, span.last + days)


def in_office(held: Tenure, day: int) -> set[bool]:
    """Every answer that some choice of unknown days gives, found by trying them all."""
    pairs = [
        (start, end)
        for start in range(held.start.first, held.start.last + 1)
        for end in range(held.end.first, held.end.last + 1)
        if start <= end
    ]
    return {start <= day <= end for start, end in pairs}


@given(TENURES, SPANS)
def test_a_verdict_is_what_trying_every_day_gives(held: Tenure, act: Span) -> None:
    """*No* means that no choice of the unknown days puts the act in office, *certain* that every choice does."""
    found = set().union(*(in_office(held, day) for day in range(act.first, act.last + 1)))
    verdict = at_the_time(held, act)
    assert (verdict is Certainty.CONTRADICTED) <= (True not in found)
    assert (verdict is Certainty.CERTAIN) <= (False not in found)


@given(TENURES, SPANS, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_knowing_less_never_makes_certain(held: Tenure, act: Span, a: int, b: int, c: int) -> None:
    """What is certain stays possible when ends are known less exactly, and nothing becomes certain by it."""
    vague = Tenure(wider(held.start, a), wider(held.end, b))
    sharp, dull = at_the_time(held, act), at_the_time(vague, wider(act, c))
    assert dull is sharp or dull is Certainty.POSSIBLE
    assert ORDER[dull] >= min(ORDER[sharp], 1)


@given(TENURES, TENURES, st.integers(0, 9))
def test_a_detention_is_as_monotone(held: Tenure, act: Tenure, days: int) -> None:
    """The same holds of something that lasted."""
    vague = Tenure(wider(held.start, days), wider(held.end, days))
    sharp, dull = during(held, act), during(vague, act)
    assert dull is sharp or dull is Certainty.POSSIBLE


@given(TENURES, SPANS)
def test_one_day_is_a_detention_of_one_day(held: Tenure, act: Span) -> None:
    """An act on a known day has the verdict of a detention from that day to that day."""
    day = Span(act.first, act.first)
    assert at_the_time(held, day) is during(held, Tenure(day, day))


def test_an_end_nobody_gives_is_open() -> None:
    """Without an end, an act on the first day is certain, a later one possible and an earlier one excluded."""
    held = Tenure.of(Span(100, 100), None)
    assert held.end == Span(100, LAST)
    assert at_the_time(held, Span(100, 100)) is Certainty.CERTAIN
    assert at_the_time(held, Span(500, 500)) is Certainty.POSSIBLE
    assert at_the_time(held, Span(99, 99)) is Certainty.CONTRADICTED
    assert at_the_time(Tenure.of(None, None), Span(100, 100)) is Certainty.POSSIBLE
    assert Tenure.of(None, Span(100, 120)).start == Span(FIRST, 120)

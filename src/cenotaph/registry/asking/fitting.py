"""Whether one claim answers a term: surely, perhaps, or not.

Invariant: a claim that says too little to decide (a province, when a prison is asked for) says nothing; it never
stands against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cenotaph import values
from cenotaph.model import split_key
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.registry.persons import Reading
from cenotaph.registry.spans import FIRST, LAST, Certainty, Span
from cenotaph.values import Age, PartialDate, Place
from cenotaph.values.ages import OLDEST
from cenotaph.values.gazetteer import entries, predecessors

Fit = Certainty | None
_NO_ACT = ("trial.held", "withholding.body", "withholding.certificate")  # a "no" here says that the act did not happen
_SITES = ("death.site", "detention.place", "burial.place")


def fit(term: Term, key: str, raw: str, reading: Reading) -> Fit:
    """Return how far a claim answers a term; None where it says nothing about it."""
    if not values.fold(raw):
        return None
    return _FITS[term.kind](term, split_key(key)[0], raw, reading)


def _sex(term: Term, _name: str, _raw: str, reading: Reading) -> Fit:
    if not isinstance(reading, str):
        return None
    return Certainty.CERTAIN if reading in term.codes else Certainty.CONTRADICTED


def _text(term: Term, _name: str, raw: str, _reading: Reading) -> Fit:
    return Certainty.CERTAIN if raw.strip() in term.texts else Certainty.CONTRADICTED


def _act(_term: Term, name: str, raw: str, _reading: Reading) -> Fit:
    if values.is_unknown_name(raw):
        return None
    is_denied = name in _NO_ACT and values.code("answer", raw) == "no"
    return Certainty.CONTRADICTED if is_denied else Certainty.CERTAIN


def _age(term: Term, _name: str, _raw: str, reading: Reading) -> Fit:
    if not isinstance(reading, Age) or term.ages is None or (reading.low is None and reading.high is None):
        return None
    low, high = (reading.low or 0), (OLDEST if reading.high is None else reading.high)
    return within(Span(low, high), Span(*term.ages))


def _period(term: Term, _name: str, _raw: str, reading: Reading) -> Fit:
    bounds = values.day_bounds(reading) if isinstance(reading, PartialDate) else None
    if bounds is None or term.span is None or Span(*bounds) == Span(FIRST, LAST):
        return None
    return within(Span(*bounds), term.span)


def within(said: Span, asked: Span) -> Certainty:
    """Say whether something lies inside what is asked: wholly, perhaps, or not at all."""
    if asked.first <= said.first and said.last <= asked.last:
        return Certainty.CERTAIN
    return Certainty.CONTRADICTED if said.last < asked.first or said.first > asked.last else Certainty.POSSIBLE


def _place(term: Term, name: str, raw: str, reading: Reading) -> Fit:
    if raw.strip() in term.texts:
        return Certainty.CERTAIN
    if not isinstance(reading, Place):
        return None
    if not term.codes:  # a site no gazetteer knows: another site stands against it, a town does not
        return Certainty.CONTRADICTED if name in _SITES else None
    return _inside(term, reading) if reading.id else _rivals(term, reading)


def _rivals(term: Term, reading: Place) -> Fit:
    """Say *possible* where one of the places that a text may mean answers the term."""
    fits = {_inside(term, each) for each in reading.candidates}
    if fits & {Certainty.CERTAIN, Certainty.POSSIBLE}:
        return Certainty.POSSIBLE
    return None


def _inside(term: Term, reading: Place) -> Fit:
    here = entries().get(reading.id)
    if {reading.id, here.city if here else "", reading.province, reading.country} & set(term.codes):
        return Certainty.CERTAIN
    if predecessors(reading.province) & set(term.codes):  # it lay there once; the claim does not say when
        return Certainty.POSSIBLE
    is_wider = any(reading.id in _around(code) for code in term.codes)
    return None if is_wider else Certainty.CONTRADICTED


def _around(code: str) -> set[str]:
    """Return the city, province and country around a place: whoever names only these does not say where in them."""
    here = entries().get(code)
    return {here.city, here.region, here.country, *predecessors(here.region)} if here else set()


_FITS: Mapping[Kind, Callable[[Term, str, str, Reading], Fit]] = {
    Kind.SEX: _sex,
    Kind.AFFILIATION: _text,
    Kind.MANNER: _text,
    Kind.ACT: _act,
    Kind.AGE: _age,
    Kind.PERIOD: _period,
    Kind.PLACE: _place,
}

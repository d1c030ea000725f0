"""Flags: what follows from the acts on a person, how far it is certain, and the values it rests on.

Invariant: a flag is raised only where a source says something of its subject; silence of the sources is never evidence,
so at most *possible*. A flag says *killed* only of somebody whom a source states killed; of one merely stated dead it
says *died*. No flag is a finding about anybody's guilt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph import values
from cenotaph.registry.acts import Occasion, occasions
from cenotaph.registry.persons import Fate, Person, Value
from cenotaph.registry.sentences import Served, sentences
from cenotaph.registry.spans import (
    Certainty,
    Span,
    after,
    agree,
    believed,
    every,
    is_before,
    is_lunar,
    some,
    span_of,
)
from cenotaph.registry.whereabouts import STATING, Whereabouts, stated
from cenotaph.values import Age, TermKind

_MAJORITY = 18
_AGE_DOUBT = 1  # years by which ages in lists are off
_DEPRIVED = frozenset({"arrest", "disappearance", "detention"})  # acts that take somebody's liberty
_WORDS = {"yes": Certainty.CERTAIN, "no": Certainty.CONTRADICTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One consequence of several claims.

    Attributes
    ----------
    name : str
        What would follow, ``killed_after_term``, or ``died_after_term`` where no source states a killing.
    certainty : Certainty
        Certain, possible or contradicted; never more than the spans allow.
    grounds : tuple of Value
        The values it rests on, each with every claim and its source.
    spans : Mapping
        The days it was worked out from, by what they are: ``death``, ``end of term`` …
    """

    name: str
    certainty: Certainty
    grounds: tuple[Value, ...]
    spans: Mapping[str, Span]


def flags_of(person: Person) -> tuple[Flag, ...]:
    """Return every flag some source gives occasion to, in a fixed order; contradicted ones too, with their grounds."""
    passed = sentences(person)
    found = (
        _after_term(person, passed),
        _while_serving(person, passed),
        *(rule(person) for rule in _RULES),
    )
    return tuple(flag for flag in found if flag is not None)


def _death(person: Person) -> Span | None:
    """Return when the person died; None unless a source states a death and some date of it."""
    return span_of(person.value("death.date")) if person.fate in (Fate.KILLED, Fate.DIED) else None


def _stated(person: Person) -> Certainty:
    """Say how sure the fate is: only possible where a source has the person alive or disappeared.

    A killing is only possible, too, where a source calls it a mere death; one that only dates the death does not.
    """
    fate = person.value("fate")
    codes = {claim.reading for claim in believed(fate)} if fate else set()
    is_sure = set(person.fates) <= {Fate.KILLED.value, Fate.DIED.value} and codes <= {None, person.fate.value}
    return Certainty.CERTAIN if is_sure else Certainty.POSSIBLE


def _named(person: Person, what: str) -> str:
    """Return the name of a flag about a death, with the word that sources use of it."""
    return f"{person.fate.value}_{what}"


def _some(value: Value | None) -> tuple[Value, ...]:
    return () if value is None else (value,)


def _unique(found: Sequence[Value]) -> tuple[Value, ...]:
    return tuple({(each.property, each.index): each for each in found}.values())


def _after_term(person: Person, served: Sequence[Served]) -> Flag | None:
    """Killed after the term had ended: after the end of every sentence that is known of."""
    death = _death(person)
    passed = [each for each in served if not each.is_only_death]
    if death is None or not any(each.is_prison for each in passed):
        return None
    certainty = every([_stated(person), _no_death_sentence(served), *(is_before(each.end, death) for each in passed)])
    spans = {f"end of term {number}": each.end for number, each in enumerate(passed, 1)}
    grounds = [value for each in passed for value in each.grounds]
    return _flag(
        _named(person, "after_term"),
        certainty,
        (*grounds, *_some(person.value("death.date"))),
        {**spans, "death": death},
    )


def _while_serving(person: Person, served: Sequence[Served]) -> Flag | None:
    """Killed while serving a sentence already passed: between the day it was passed and the end of its term."""
    death = _death(person)
    passed = [each for each in served if each.is_prison]
    if death is None or not passed:
        return None
    serving = _any_of(
        [_serves(each, death) for each in passed if each.is_sure],
        [_serves(each, death) for each in passed if not each.is_sure],
    )
    spans = {f"end of term {number}": each.end for number, each in enumerate(passed, 1)}
    grounds = [value for each in passed for value in each.grounds]
    certainty = every([_stated(person), serving, _no_death_sentence(served)])
    return _flag(
        _named(person, "while_serving"),
        certainty,
        (*grounds, *_some(person.value("death.date"))),
        {**spans, "death": death},
    )


def _serves(sentence: Served, death: Span) -> Certainty:
    return every([is_before(sentence.passed, death), is_before(death, sentence.end)])


def _any_of(sure: Sequence[Certainty], unsure: Sequence[Certainty]) -> Certainty:
    """Return what holds of one act at least; of those that may be one act, in dispute, only what holds of all."""
    return some([*sure, agree(unsure)] if unsure else sure)


def _no_death_sentence(served: Sequence[Served]) -> Certainty:
    """Say whether no source gives a death sentence too: with one, the killing may have been its execution."""
    kinds = {term.kind for each in served for term in each.terms}
    return Certainty.POSSIBLE if TermKind.DEATH in kinds else Certainty.CERTAIN


def _after_commission(person: Person) -> Flag | None:
    """Killed after a commission session without a new trial; certain only where a source says that there was none."""
    said = [each for each in person.values if each.property.startswith("commission.")]
    death = _death(person)
    if death is None or not said:
        return None
    trials = _values(person, "trial.date")
    sessions = occasions(person, "commission")
    certainty = some(_untried_after(session, death, trials) for session in sessions)
    days = {
        f"session {number}": day for number, each in enumerate(sessions, 1) if (day := each.span("commission.date"))
    }
    told = [each for each in said if each.property in ("commission.date", "commission.new_trial")]
    grounds = (*(told or said), *trials, *_some(person.value("death.date")))
    return _flag(
        _named(person, "after_commission"), every([_stated(person), certainty]), grounds, {**days, "death": death}
    )


def _untried_after(session: Occasion, death: Span, trials: Sequence[Value]) -> Certainty:
    day = session.span("commission.date")
    order = Certainty.POSSIBLE if day is None else _not_after(day, death)
    answers = [answer for value in session.values("commission.new_trial") for answer in _answers(value)]
    said = agree(map(_opposite, answers)) if answers else Certainty.POSSIBLE
    between = [
        every([is_before(day, when), is_before(when, death)])
        for when in map(span_of, trials)
        if day is not None and when is not None
    ]
    return every([order, said, *map(_opposite, between)])


def _not_after(session: Span, death: Span) -> Certainty:
    """Say whether the session came first; people were killed on its very day."""
    return is_before(Span(session.first - 1, session.last - 1), death)


def _tried_again(person: Person) -> Flag | None:
    """Compare the charges of two trials; certain only where one source tells the two trials apart.

    A source that calls a trial a new one of the same case, without its charge, leaves it possible.
    """
    charges, again = _values(person, "trial.charge"), _values(person, "trial.again")
    pairs = [_same(left, right) for at, left in enumerate(charges) for right in charges[at + 1 :]]
    said = [every([Certainty.POSSIBLE, answer]) for value in again for answer in _answers(value)]
    if not pairs and not said:
        return None
    return _flag("tried_again", some([*pairs, *said]), (*charges, *again, *_values(person, "trial.date")), {})


def _same(one: Value, other: Value) -> Certainty:
    left, right = ({values.fold(claim.claim.raw) for claim in believed(each)} for each in (one, other))
    told_apart = {each.claim.record for each in one.claims} & {each.claim.record for each in other.claims}
    if left.isdisjoint(right):
        return Certainty.CONTRADICTED
    return Certainty.CERTAIN if told_apart and left == right and len(left) == 1 else Certainty.POSSIBLE


def _minor_at_arrest(person: Person) -> Flag | None:
    """Below eighteen at one arrest at least, by the date of birth."""
    born = person.value("birth.date")
    eighteen, arrests = _eighteen(born), occasions(person, "arrest")
    days = [day for each in arrests if (day := each.span("arrest.date")) is not None]
    if eighteen is None or not days:
        return None
    spans = {"eighteen": eighteen} | {f"arrest {number}": day for number, day in enumerate(days, 1)}
    grounds = (*_some(born), *_values(person, "arrest.date"))
    return _flag("minor_at_arrest", some(is_before(day, eighteen) for day in days), grounds, spans)


def _minor_at_death(person: Person) -> Flag | None:
    """Below eighteen by date of birth, by a stated age, or by both; possible where the two disagree."""
    born, died, age = (person.value(name) for name in ("birth.date", "death.date", "age"))
    eighteen, day, said = _eighteen(born), span_of(died), _by_age(age)
    if eighteen is not None and day is not None:
        said = [*said, is_before(day, eighteen)]
    if not said:
        return None
    spans = {} if eighteen is None or day is None else {"eighteen": eighteen, "death": day}
    return _flag("minor_at_death", agree(said), (*_some(born), *_some(died), *_some(age)), spans)


def _eighteen(born: Value | None) -> Span | None:
    """Return the days of the eighteenth birthday."""
    birth = span_of(born)
    return None if birth is None else after(birth, 12 * _MAJORITY, 12 * _MAJORITY, lunar=is_lunar(born))


def _by_age(age: Value | None) -> list[Certainty]:
    ages = [each.reading for each in believed(age) if isinstance(each.reading, Age)] if age else []
    return [_below(each) for each in ages if each.low is not None or each.high is not None]


def _below(age: Age) -> Certainty:
    if age.high is not None and age.high + _AGE_DOUBT < _MAJORITY:
        return Certainty.CERTAIN
    if age.low is not None and age.low - _AGE_DOUBT >= _MAJORITY:
        return Certainty.CONTRADICTED
    return Certainty.POSSIBLE


def _without_trial(person: Person) -> Flag | None:
    """Held without trial, only where a source says whether there was one; a dated trial leaves a *no* open."""
    held, dated = _values(person, "trial.held"), _values(person, "trial.date")
    said = [_opposite(each) for value in held for each in _answers(value)]
    if not said:
        return None
    certainty = agree([*said, *(Certainty.CONTRADICTED for value in dated if span_of(value) is not None)])
    return _flag("held_without_trial", certainty, (*held, *dated), {})


def _with_relatives(person: Person) -> Flag | None:
    """Arrested with relatives, as sources say; who the relatives are stays internal."""
    said = _values(person, "arrest.relatives")
    answers = [each for value in said for each in _answers(value)]
    return _flag("arrested_with_relatives", agree(answers), said, {}) if answers else None


def _continuing(person: Person) -> Flag | None:
    """Can be a continuing enforced disappearance: never more than possible, for only a court can find that it is one.

    Occasion is that sources say the person was held or disappeared, and say something of the remains: *concealed*
    leaves it possible, *returned* alone excludes that it goes on. A burial place somebody claims says neither.
    """
    held = [each for each in person.values if values.property_of(each.property).act in _DEPRIVED]
    found = [each for each in person.values if each.property in STATING]
    states = {stated(claim) for value in found for claim in believed(value)}
    if not held or states.isdisjoint({Whereabouts.CONCEALED, Whereabouts.RETURNED}):
        return None
    is_open = Whereabouts.CONCEALED in states
    certainty = Certainty.POSSIBLE if is_open else Certainty.CONTRADICTED
    told = [each for each in held if each.property.endswith((".date", ".place"))]
    return _flag("continuing_disappearance", certainty, (*found, *(told or held)), {})


def _answers(value: Value) -> list[Certainty]:
    """Return what sources answer to a yes-or-no question; a word that is neither says nothing certain."""
    return [_WORDS.get(values.code("answer", claim.claim.raw) or "", Certainty.POSSIBLE) for claim in believed(value)]


def _opposite(certainty: Certainty) -> Certainty:
    turned = {Certainty.CERTAIN: Certainty.CONTRADICTED, Certainty.CONTRADICTED: Certainty.CERTAIN}
    return turned.get(certainty, Certainty.POSSIBLE)


def _values(person: Person, name: str) -> tuple[Value, ...]:
    return tuple(each for each in person.values if each.property == name)


def _flag(name: str, certainty: Certainty, grounds: Sequence[Value], spans: Mapping[str, Span]) -> Flag:
    return Flag(name=name, certainty=certainty, grounds=_unique(tuple(grounds)), spans=dict(spans))


_RULES = (
    _after_commission,
    _tried_again,
    _minor_at_arrest,
    _minor_at_death,
    _without_trial,
    _with_relatives,
    _continuing,
)

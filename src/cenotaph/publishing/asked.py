"""What the public can ask the memorial, and who answers it: a closed list of terms, for who passed the guard.

Invariant: an answer rests on claims that leave and on nothing else; what is not in the list cannot be asked. Not in
it: sexual violence, allegations, affiliations, flags about minors and about relatives, and who is excluded by a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.registry import Certainty
from cenotaph.registry.asking import Kind, Known, Term, weigh, words
from cenotaph.registry.asking.fitting import fit
from cenotaph.registry.asking.known import site_name
from cenotaph.registry.asking.placing import places
from cenotaph.registry.persons import Person, Value
from cenotaph.values import PROPERTIES

CLOSED = frozenset({"minor_at_arrest", "minor_at_death", "arrested_with_relatives"})  # never answered in public
MOST = 50_000  # persons for whom a page in a browser can hold what is needed
_PARTS = re.compile(r"[,،;/\\()\[\]|–—]+")
_LOOKED_AT = ("sex", "death.date", "disappearance.date")

Answer = tuple[int, str]  # number of the term, certain or possible


@dataclass(frozen=True)
class Askable:
    """The terms that can be asked, by number.

    Attributes
    ----------
    known : Known
        What the public properties of the register hold.
    """

    known: Known
    _touched: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return flags, sexes, fates and every place that some public text names."""
        return (*_flags(), *_worded("sex", Kind.SEX), *_worded("fate", Kind.FATE), *self._places)

    @cached_property
    def number(self) -> Mapping[object, int]:
        """Return the number of each term by what it asks for."""
        return {identity(term): number for number, term in enumerate(self.terms)}

    @cached_property
    def _places(self) -> tuple[Term, ...]:
        found = (term for text in self.known.places for form in forms(text) for term in places(form, self.known))
        return tuple({identity(term): term for term in found}.values())

    def answers(self, person: Person, flags: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
        """Return the terms that a person answers.

        Parameters
        ----------
        person
            The person, with the claims that may leave and no others.
        flags
            Names and certainties of the flags that may leave.
        """
        raised = dict(flags)
        return (*self._flagged(raised), *self._weighed(person))

    def words(self, number: int) -> tuple[str, ...]:
        """Return every word for a term that is no place."""
        term = self.terms[number]
        return next(row.forms for row in words.of(str(term.kind)) if row.codes == term.codes)

    def _flagged(self, raised: Mapping[str, str]) -> Iterator[Answer]:
        """Yield the flags: of a term that stands for several, the surest."""
        for number, term in enumerate(self.terms):
            hows = {raised[code] for code in term.codes if code in raised} if term.kind is Kind.FLAG else set()
            if hows:
                yield number, "certain" if "certain" in hows else "possible"

    def _weighed(self, person: Person) -> Iterator[Answer]:
        plain = [number for number, term in enumerate(self.terms) if term.kind in (Kind.SEX, Kind.FATE)]
        for number in (*plain, *self._touching(person.values)):
            ground = weigh(self.terms[number], person)
            if ground is not None and ground.certainty is not Certainty.CONTRADICTED:
                yield number, str(ground.certainty)

    def _touching(self, found: Iterable[Value]) -> Sequence[int]:
        """Return the places that some claim names: of the others nobody need be weighed."""
        claims = [(value.property, claim) for value in found for claim in value.claims
                  if PROPERTIES[value.property].kind == "place"]  # fmt: skip
        numbers: set[int] = set()
        for name, claim in claims:
            key = (name, claim.claim.raw)
            if key not in self._touched:
                self._touched[key] = tuple(
                    number for number, term in enumerate(self.terms)
                    if term.kind is Kind.PLACE and name in term.properties
                    and fit(term, name, claim.claim.raw, claim.reading) in (Certainty.CERTAIN, Certainty.POSSIBLE)
                )  # fmt: skip
            numbers.update(self._touched[key])
        return sorted(numbers)


def identity(term: Term) -> object:
    """Return what tells two terms apart."""
    return term.kind, term.codes, term.act, term.texts


def forms(text: str) -> list[str]:
    """Return a place as written, each of its parts, and these without the word for a prison or a cemetery."""
    parts = [each.strip() for each in (text, *_PARTS.split(text)) if each.strip()]
    bare = [name for kind, name in map(site_name, parts) if kind]
    return list(dict.fromkeys([*parts, *bare]))


def is_looked_at(name: str) -> bool:
    """Say whether the claims of a property are shown as the ground of an answer."""
    return name in _LOOKED_AT or (PROPERTIES[name].kind == "place" and not name.startswith("birth."))


def _flags() -> Iterator[Term]:
    for row in words.of("flag"):
        if CLOSED.isdisjoint(row.codes):
            yield Term(said=row.wording["en"], kind=Kind.FLAG, codes=row.codes, wording=row.wording)


def _worded(kind: str, of: Kind) -> Iterator[Term]:
    for row in words.of(kind):
        yield Term(said=row.wording["en"], kind=of, codes=row.codes, wording=row.wording)

"""A term of a question: what one part of it asks for, and at which claims it looks.

Invariant: a term holds everything its reading shows and nothing else: what is asked is what is said to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cenotaph.registry.spans import Span
from cenotaph.values import PROPERTIES


class Kind(StrEnum):
    """What a term asks for."""

    FLAG = "flag"
    SEX = "sex"
    FATE = "fate"
    PLACE = "place"
    PERIOD = "period"
    AGE = "age"
    AFFILIATION = "affiliation"
    ACT = "act"
    MANNER = "manner"
    STATUS = "status"
    LIST = "list"


_SINGLE = {Kind.SEX: "sex", Kind.AGE: "age", Kind.AFFILIATION: "affiliation", Kind.MANNER: "death.manner"}
# Where somebody was and what was done there; a place of birth or of arrest is asked for by its act.
_PLACES = ("detention.place", "transfer.place", "commission.place", "disappearance.place", "death.site", "death.place",
           "death.region")  # fmt: skip
_BURIAL = "burial.place"
DEATH, MISSING = "death.date", "disappearance.date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a question.

    Attributes
    ----------
    said : str
        The part as it was written.
    kind : Kind
        What it asks for.
    codes : tuple of str
        Names of flags, codes of the sex or the fate, ids of places, names of lists or of a status: any of them.
    texts : frozenset of str
        For places, affiliations and manners: the texts of the register that are meant.
    act : str
        The act a place or a period belongs to; empty: what was done to the person, and the death.
    span : Span, optional
        The days of a period.
    ages : tuple of int, optional
        Lowest and highest age in years.
    wording : Mapping
        The words of the reading, by language.
    """

    said: str
    kind: Kind
    codes: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    act: str = ""
    span: Span | None = None
    ages: tuple[int, int] | None = None
    wording: Mapping[str, str] = field(default_factory=dict)

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties whose claims answer the term; of a flag, a fate, a status and a list, none."""
        if self.kind in _SINGLE:
            return (_SINGLE[self.kind],)
        if self.kind is Kind.PLACE:
            return self._places()
        if self.kind is Kind.PERIOD:
            return (f"{self.act}.date",) if self.act else (DEATH, MISSING)
        if self.kind is Kind.ACT:
            return tuple(name for name, each in PROPERTIES.items() if each.act == self.act)
        return ()

    def said_in(self, language: str) -> str:
        """Return the reading in a language, in English where it has none."""
        return self.wording.get(language) or self.wording["en"]

    @property
    def is_site(self) -> bool:
        """Whether a place is a site, whose burials count too, and not a town or wider."""
        return not self.codes or any(code.startswith("site:") for code in self.codes)

    def _places(self) -> tuple[str, ...]:
        if self.act:
            return tuple(name for name, each in PROPERTIES.items() if each.act == self.act and each.kind == "place")
        return (*_PLACES, _BURIAL) if self.is_site else _PLACES

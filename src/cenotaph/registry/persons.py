"""A person: a cluster of records seen as one human being, with every claim kept and one value shown.

Invariant: nothing here exists without a claim behind it. A value shown is one of the claims, the others stay beside
it, and the rule that chose it is named.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cenotaph.model import Claim
from cenotaph.values import Age, PartialDate, Place

Reading = PartialDate | Age | Place | str | None


class Rule(StrEnum):
    """Why a claim was chosen to be shown."""

    ONLY = "only"  # nobody says anything else
    CHOICE = "choice"  # a reviewer decided, with a reason in the ledger
    SUPPORT = "support"  # more independent sources say it, or something compatible with it
    PRECISION = "precision"  # equally supported, this one says more
    EARLIEST = "earliest"  # equal in all else, entered first


class Fate(StrEnum):
    """What sources state happened to a person; never presumed from another fact."""

    KILLED = "killed"
    DIED = "died"  # stated dead; no source says that it was a killing
    DISAPPEARED = "disappeared"
    ALIVE = "alive"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """What remains in doubt about an act that several records speak of."""

    NONE = "none"
    UNTOLD = "untold"  # a record gives neither date nor place: only its number joins it to the others
    EITHER = "either"  # a record fits more than one act and was counted to the nearest
    APART = "apart"  # no single record tells this act apart from another one; they may be one, with a date in dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClaim:
    """A claim and what the values room reads in it."""

    claim: Claim
    reading: Reading
    compatible: bool = True  # with the value shown

    @property
    def flags(self) -> tuple[str, ...]:
        """Return what is doubtful about the reading."""
        return self.reading.flags if isinstance(self.reading, PartialDate | Age) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """All that is said of one property of one person (or of one of several acts), and what is shown of it."""

    property: str
    index: int
    claims: tuple[ReadClaim, ...]
    chosen: ReadClaim
    rule: Rule
    disputed: bool

    @builtins.property  # the field of that name hides it here
    def shown(self) -> str:
        """Return the chosen claim as it is written in its source."""
        return self.chosen.claim.raw.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that was done to a person: an arrest, a trial, a death, a burial; a set of values.

    Acts of a kind are numbered in the order they happened, whatever number a source gives them.
    """

    kind: str
    index: int
    values: tuple[Value, ...]
    doubt: Doubt = Doubt.NONE

    def value(self, name: str) -> Value | None:
        """Return the value of a property, ``trial.charge``, or None when no source says it of this act."""
        return next((value for value in self.values if value.property == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One list that names the person: by its own record, or because a compiler's list cites it."""

    list: str
    record: str
    locator: str
    source: str
    cited_by: str | None = None
    withdrawn: bool = False  # a later edition of the list no longer has the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A cluster of records, derived anew from claims and judgements at every build."""

    id: str
    public_id: str
    aliases: tuple[str, ...]
    records: tuple[str, ...]
    names: Mapping[str, Value]  # by script: "Latn", "Arab", …
    values: tuple[Value, ...]
    acts: tuple[Act, ...]
    namings: tuple[Naming, ...]
    independent: int
    fate: Fate
    fates: Mapping[str, tuple[str, ...]]  # fate -> lists that state it
    whereabouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of the remains -> lists that state it
    status: str
    included: bool
    why: str  # a code of `criteria.INCLUSION`
    contested: bool
    visibility: str = "public"
    flags: tuple[str, ...] = field(default=())

    def value(self, key: str) -> Value | None:
        """Return the value of a property, ``death.date``, or None when no source says it."""
        return next((value for value in self.values if value.property == key), None)

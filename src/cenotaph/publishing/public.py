"""What the public may see, as frozen types. Templates, search, tables and JSON-LD know nothing else.

Invariant: only ``guard`` makes these from the register. No field can hold a record's id, a reviewer, a reason or a
time of a decision; a value that is not here cannot leave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDate:
    """What is read in a date: an interval, open where an end is None."""

    earliest: dt.date | None
    latest: dt.date | None
    calendar: str
    edtf: str | None
    flags: tuple[str, ...] = ()
    alternatives: tuple[tuple[dt.date | None, dt.date | None, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAge:
    """What is read in an age, in whole years."""

    low: int | None
    high: int | None
    flags: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether an age is stated at all: a year of birth in the place of one is not."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlace:
    """What is read in a place; never its coordinates."""

    name: str
    province: str
    country: str
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCode:
    """What is read in a coded value: ``female``, ``killed``."""

    code: str


PublicReading = PublicDate | PublicAge | PublicPlace | PublicCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicClaim:
    """One value as one list writes it, and where."""

    text: str
    list: str
    locator: str
    language: str
    script: str
    reading: PublicReading = None
    compatible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicValue:
    """All that public sources say of one property, and what is shown of it."""

    property: str
    index: int
    kind: str
    claims: tuple[PublicClaim, ...]
    chosen: PublicClaim
    rule: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAct:
    """Something that was done to the person; its values are among the person's, by kind and number."""

    kind: str
    index: int
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFlag:
    """What follows from several claims, how far it is certain, and the values it rests on, by property and number."""

    name: str
    certainty: str
    grounds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNaming:
    """A list that names the person."""

    list: str
    locator: str
    cited_by: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPerson:
    """A person as the public sees them."""

    id: str
    aliases: tuple[str, ...]
    names: Mapping[str, PublicClaim]  # script -> the name shown in that script
    values: tuple[PublicValue, ...]
    namings: tuple[PublicNaming, ...]
    independent: int
    fate: str
    fates: Mapping[str, tuple[str, ...]]
    status: str
    flags: tuple[str, ...] = ()
    whereabouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of the remains -> lists that state it
    acts: tuple[PublicAct, ...] = ()  # in time order
    follows: tuple[PublicFlag, ...] = ()
    asked: tuple[tuple[int, str], ...] = ()  # what may be asked and this person answers: number of the term, certainty

    def value(self, key: str) -> PublicValue | None:
        """Return the value of a property, or None when no public source says it."""
        return next((value for value in self.values if value.property == key), None)

    @property
    def lists(self) -> tuple[str, ...]:
        """Return the lists that name the person by a record of their own, in order."""
        return tuple(sorted({naming.list for naming in self.namings if naming.cited_by is None}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The little of a person that indexes and search need."""

    id: str
    names: Mapping[str, str]  # script -> name
    spellings: tuple[str, ...]  # every name and alias a public source gives
    died: PublicDate | None
    place: str
    lists: tuple[str, ...]
    status: str
    fate: str
    asked: tuple[tuple[int, str], ...] = ()
    follows: tuple[PublicFlag, ...] = ()
    grounds: tuple[PublicValue, ...] = ()  # what the answers rest on


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicList:
    """A list, or a list that a compiler cites."""

    name: str
    title: str
    language: str
    derived_from: tuple[str, ...] = ()
    cited_by: str | None = None
    covers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[int, str], ...] = ()  # (edition, SHA-256 of the captured file)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPassage:
    """Where a sentence of the group's own pages comes from: a place in a captured text, and never its words."""

    title: str  # of the text
    kind: str  # person | event | statement
    locators: tuple[str, ...]
    file: str  # SHA-256 of the captured file


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who speaks, and their interest."""

    name: str
    affiliation: str
    funding: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of the public log of corrections."""

    date: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One status, and the words that say when it is given."""

    name: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    conditions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEstimate:
    """The estimate as the public sees it: a verdict, then perhaps numbers, always with its words."""

    documented: int
    verdict: str
    statement: Mapping[str, str]  # language -> words
    reasons: tuple[Mapping[str, str], ...]  # each: language -> words
    methods: Mapping[str, Mapping[str, object]]
    seed: int | None = None
    table_sha256: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStand:
    """What the sheets of a stand in the street say; empty where it is to be written by hand."""

    purpose: Mapping[str, str] = field(default_factory=dict)  # language -> words
    recipient: str = ""
    retention: str = ""  # the last day on which signed sheets are kept, ISO
    sheets: int = 10
    lines: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSample:
    """What a labelled sample says of the links: numbers alone, no record and no coder's code.

    Shares are estimate (None: not known), low and high.
    """

    labelled: int
    pairs: int
    coders: int
    provisional: bool
    precision: tuple[float | None, float, float]
    recall: tuple[float | None, float, float]
    recall_near: tuple[float | None, float, float]
    kappa: tuple[float | None, float, float] | None = None
    both: int = 0  # pairs that the two coders of kappa labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCopying:
    """Two lists that share more errors than chance gives; ``declared``: one says that it derives from the other."""

    lists: tuple[str, str]
    shared: int
    expected: float
    declared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was measured of links and lists; empty where nobody measured. ``compared`` counts pairs of lists."""

    sample: PublicSample | None = None
    copying: tuple[PublicCopying, ...] = ()
    compared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase:
    """What is said about the case itself."""

    title: str
    titles: Mapping[str, str]  # in other languages
    languages: tuple[str, ...]
    period: str
    include: str
    invented: bool
    publisher: Publisher
    lists: Mapping[str, PublicList]
    criteria: tuple[Criterion, ...]
    corrections: tuple[Correction, ...]
    quality: Mapping[str, float]
    head: str
    date: str
    url: str
    version: str
    stand: PublicStand = PublicStand()
    passages: Mapping[str, PublicPassage] = field(default_factory=dict)  # by record, for pages that lead to them
    measures: Measures = Measures()
    sections: tuple[str, ...] = ()  # of the pages the group writes: history, articles, events …

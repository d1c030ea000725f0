"""What the ledger's entries come to: one fold over them in their order, nothing kept beside it.

Invariant: the result depends on the entries alone. A decision whose words were erased no longer names its records, so
it is counted in ``moot`` and has no other effect, except that consent and erasure hold by opaque id for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cenotaph.case import samples
from cenotaph.errors import LedgerError
from cenotaph.ledger import Entry
from cenotaph.model import Attribution, Choice, Entered, Involvement, Judgement, Passage, SampledPair, Source, Verdict

ABOUT_ACTOR = "actor"  # a judgement that says so is about a record and an allegation
VISIBILITIES = ("public", "name-only", "hidden")  # from the most open to the most closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """How far a record may be published, as somebody decided; ``record`` is its opaque id."""

    record: str
    visibility: str
    reviewer: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The latest reading of an edition of a list; ``facts`` is all that the entry says of it.

    ``founded`` is the sequence of the edition's first reading: an edition read again under another mapping keeps its
    place in the order of founding records, so public ids stay.
    """

    list: str
    edition: int
    source: str
    records: int
    refused: int
    digest: str
    sequence: int
    founded: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A frozen publication: its number, the digest of its manifest, and the entries it rests on."""

    number: int
    manifest: str
    sequence: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that the people of a case did, as it stands at the head."""

    judgements: tuple[Judgement, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    choices: tuple[Choice, ...] = ()
    consents: Mapping[str, Consent] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    readings: tuple[Reading, ...] = ()
    entered: tuple[Entered, ...] = ()
    marked: frozenset[str] = frozenset()  # opaque ids of all that were ever entered, withdrawn ones too
    releases: tuple[Release, ...] = ()
    sample: tuple[SampledPair, ...] = ()  # the latest labelled sample
    erased: frozenset[str] = frozenset()
    moot: tuple[int, ...] = ()
    entries: int = 0
    head: str = ""  # hash of the last entry; empty when there is none


@dataclass(slots=True)
class _State:
    """The fold under way."""

    judgements: list[Judgement] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    choices: dict[tuple[str, str], Choice] = field(default_factory=dict)
    consents: list[tuple[Consent, int | None]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    readings: dict[tuple[str, int], Reading] = field(default_factory=dict)
    entered: dict[str, Entered] = field(default_factory=dict)
    founded: dict[str, int] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    sample: samples.Sampled = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    moot: list[int] = field(default_factory=list)
    entries: int = 0
    head: str = ""


def fold(entries: Iterable[Entry]) -> Decided:
    """Fold entries, in their order, into what they come to.

    Raises
    ------
    LedgerError
        An entry does not say what its kind must say.
    """
    state = _State()
    for entry in entries:
        state.entries, state.head = state.entries + 1, entry.hash
        try:
            _take(state, entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LedgerError(f"entry {entry.sequence} makes no sense; run `cenotaph verify`") from error
    return Decided(
        judgements=settle(state.judgements),
        attributions=settle_attributions(state.attributions),
        choices=tuple(state.choices.values()),
        consents=MappingProxyType(settle_consents(state.consents)),
        sources=tuple(state.sources),
        readings=tuple(state.readings.values()),
        entered=tuple(sorted(state.entered.values(), key=lambda each: each.founded)),
        marked=frozenset(state.founded),
        releases=tuple(state.releases),
        sample=samples.settled(state.sample),
        erased=frozenset(state.erased),
        moot=tuple(state.moot),
        entries=state.entries,
        head=state.head,
    )


def _take(state: _State, entry: Entry) -> None:
    if entry.kind in ("judgement", "choice") and entry.words is None:
        state.moot.append(entry.sequence)
    elif entry.kind in _STEPS:
        _STEPS[entry.kind](state, entry)


def settle(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return one judgement a pair, in the order of the pairs.

    A reviewer's later verdict on a pair replaces their earlier one; reviewers who disagree settle to *unsure*.

    Parameters
    ----------
    judgements
        In the order in which they were given.
    """
    pairs: dict[tuple[str, str], dict[str, Judgement]] = {}
    for each in judgements:
        live = pairs.setdefault((min(each.left, each.right), max(each.left, each.right)), {})
        live.pop(each.reviewer, None)
        live[each.reviewer] = each
    return tuple(_settled(pair, tuple(live.values())) for pair, live in sorted(pairs.items()))


def _settled(pair: tuple[str, str], live: tuple[Judgement, ...]) -> Judgement:
    last = live[-1]
    agreed = len({each.verdict for each in live}) == 1
    votes = ", ".join(f"{each.reviewer} {each.verdict}" for each in sorted(live, key=lambda each: each.reviewer))
    return Judgement(
        left=pair[0],
        right=pair[1],
        verdict=last.verdict if agreed else Verdict.UNSURE,
        reviewer=last.reviewer if agreed else " ".join(sorted(each.reviewer for each in live)),
        reason=last.reason if agreed else f"reviewers disagree: {votes}",
        sequence=last.sequence,
    )


def settle_attributions(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Return one attribution for each record and allegation; reviewers who disagree settle to *unsure*."""
    live: dict[tuple[str, str], dict[str, Attribution]] = {}
    for each in attributions:
        live.setdefault((each.record, each.allegation), {})[each.reviewer] = each
    return tuple(_agreed(tuple(of_pair.values())) for _, of_pair in sorted(live.items()))


def _agreed(live: tuple[Attribution, ...]) -> Attribution:
    last = max(live, key=lambda each: each.sequence)
    if len({each.verdict for each in live}) == 1:
        return last
    return replace(last, verdict=Involvement.UNSURE, reason="reviewers disagree")


def settle_consents(consents: Iterable[tuple[Consent, int | None]]) -> dict[str, Consent]:
    """Return the consent that holds for each record.

    A reviewer's later decision replaces their earlier one, and a decision may overrule another reviewer's by naming
    its entry. Of those that are left the most closed holds: who does not know of a family's wish cannot undo it.

    Parameters
    ----------
    consents
        Decisions in their order, each with the sequence of the decision it overrules, or None.
    """
    live: dict[tuple[str, str], Consent] = {}
    for consent, overruled in consents:
        live = {key: each for key, each in live.items() if each.sequence != overruled} if overruled else live
        live[consent.record, consent.reviewer] = consent
    found: dict[str, Consent] = {}
    for consent in live.values():
        held = found.setdefault(consent.record, consent)
        if VISIBILITIES.index(consent.visibility) > VISIBILITIES.index(held.visibility):
            found[consent.record] = consent
    return dict(sorted(found.items()))


def _judgement(state: _State, entry: Entry) -> None:
    words = entry.words or {}
    if entry.facts.get("about") == ABOUT_ACTOR:
        state.attributions.append(_attribution(entry))
        return
    if samples.is_about_sample(entry):
        samples.take(state.sample, entry)
        return
    state.judgements.append(
        Judgement(
            left=words["left"],
            right=words["right"],
            verdict=Verdict(entry.facts["verdict"]),
            reviewer=entry.author,
            reason=words.get("reason", ""),
            sequence=entry.sequence,
        )
    )


def _attribution(entry: Entry) -> Attribution:
    words = entry.words or {}
    return Attribution(
        record=words["left"],
        allegation=words["right"],
        verdict=Involvement(entry.facts["verdict"]),
        reviewer=entry.author,
        reason=words.get("reason", ""),
        sequence=entry.sequence,
    )


def _choice(state: _State, entry: Entry) -> None:
    words = entry.words or {}
    choice = Choice(
        record=words["record"],
        property=entry.facts["property"],
        chosen=words["chosen"],
        reviewer=entry.author,
        reason=words.get("reason", ""),
        sequence=entry.sequence,
    )
    slot = (choice.record, choice.property)
    state.choices.pop(slot, None)
    state.choices[slot] = choice


def _consent(state: _State, entry: Entry) -> None:
    consent = Consent(
        record=entry.facts["record"],
        visibility=entry.facts["visibility"],
        reviewer=entry.author,
        sequence=entry.sequence,
    )
    state.consents.append((consent, entry.facts.get("overrules")))


def _source(state: _State, entry: Entry) -> None:
    facts, words = entry.facts, entry.words or {}
    state.sources.append(
        Source(
            digest=facts["digest"],
            filename=words.get("filename", ""),
            size=facts["size"],
            media_type=facts["media_type"],
            list=facts.get("list"),
            edition=facts.get("edition", 1),
            sequence=entry.sequence,
            origin=words.get("origin", ""),
            table=facts.get("table"),
        )
    )


def _reading(state: _State, entry: Entry) -> None:
    facts = entry.facts
    slot = (facts["list"], facts["edition"])
    before = state.readings.pop(slot, None)
    state.readings[slot] = Reading(
        list=facts["list"],
        edition=facts["edition"],
        source=facts["source"],
        records=facts["records"],
        refused=facts["refused"],
        digest=facts["digest"],
        sequence=entry.sequence,
        founded=before.founded if before else entry.sequence,
        facts=MappingProxyType(dict(facts)),
    )


def _record(state: _State, entry: Entry) -> None:
    """Take a hand-entered record: a later entry supersedes, one without passages withdraws, erased words are gone."""
    opaque, facts, words = entry.facts["record"], entry.facts, entry.words
    founded = state.founded.setdefault(opaque, entry.sequence)
    state.entered.pop(opaque, None)
    if words is None or not words["passages"]:
        return
    state.entered[opaque] = Entered(
        record=words["record"],
        kind=facts["kind"],
        list=facts["list"],
        source=facts["source"],
        reader=facts["reader"],
        text=facts["text"],
        passages=tuple(Passage(**each) for each in words["passages"]),
        author=entry.author,
        reason=words.get("reason", ""),
        sequence=entry.sequence,
        founded=founded,
    )


def _release(state: _State, entry: Entry) -> None:
    facts = MappingProxyType(dict(entry.facts))
    state.releases.append(
        Release(number=facts["number"], manifest=facts["manifest"], sequence=entry.sequence, facts=facts)
    )


def _erasure(state: _State, entry: Entry) -> None:
    state.erased.update(entry.facts.get("records", ()))


_STEPS: Mapping[str, Callable[[_State, Entry], None]] = {
    "source": _source,
    "reading": _reading,
    "record": _record,
    "judgement": _judgement,
    "choice": _choice,
    "consent": _consent,
    "erasure": _erasure,
    "release": _release,
}

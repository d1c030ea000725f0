"""What sources state of the remains: a thing of its own beside the fate, and presumed from nothing.

Invariant: somebody stated killed may have been buried by the family, at a place somebody claims, in secret, or nobody
says; only a claim moves it. A claimed place and a secret burial can both be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cenotaph import values
from cenotaph.registry.persons import ReadClaim, Value
from cenotaph.values import vocabularies

STATING = ("whereabouts", "burial.manner", "burial.place")


class Whereabouts(StrEnum):
    """What a source states of the remains; where none says anything they are unknown, which is no statement."""

    RETURNED = "returned"
    CLAIMED = "claimed"  # somebody names a burial place
    CONCEALED = "concealed"


def stated(claim: ReadClaim) -> Whereabouts | None:
    """Return what a claim states of the remains, or None."""
    name, raw = claim.claim.property, claim.claim.raw
    if name == "whereabouts":
        code = values.code("whereabouts", raw)
        return Whereabouts(code) if code else None
    for state in (Whereabouts.CONCEALED, Whereabouts.RETURNED):
        if name in STATING and vocabularies.is_under("burial", raw, state):
            return state
    return Whereabouts.CLAIMED if name == "burial.place" and claim.reading is not None else None


def whereabouts(found: Iterable[Value]) -> Mapping[str, tuple[str, ...]]:
    """Return what is stated of the remains, each statement with the lists that make it; empty where none does."""
    said: dict[str, list[str]] = {}
    for value in found:
        for claim in value.claims if value.property in STATING else ():
            state = stated(claim)
            if state is not None:
                said.setdefault(state, []).append(claim.claim.list)
    return {state: tuple(dict.fromkeys(said[state])) for state in Whereabouts if state in said}

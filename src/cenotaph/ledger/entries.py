"""What an entry is, what each kind must say, how it is hashed, and how old entries are read.

Invariant: an entry's hash covers its number, version, kind, author, time, the digest of its facts, the salted digest of
its words and the hash of the entry before. Facts (opaque ids, digests, counts, codes) are kept for ever; whatever could
name a person belongs in the words.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from cenotaph.errors import InputError, LedgerError
from cenotaph.ledger import canon

VERSION = 1
Facts = Mapping[str, Any]
Upgrade = Callable[[str, dict[str, Any]], dict[str, Any]]

# What the facts of each kind must hold, with the type; more is welcome. `record`, `left`, `right`, `chosen` and
# `records` are opaque ids (`ids.public_id`): a list's own key can hold a name, so it stands in the words.
KINDS: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "source": {"digest": str, "size": int, "media_type": str},
        "reading": {"list": str, "edition": int, "source": str, "records": int, "refused": int, "digest": str},
        "record": {"record": str},
        "judgement": {"left": str, "right": str, "verdict": str},
        "choice": {"record": str, "chosen": str, "property": str},
        "consent": {"record": str, "visibility": str},
        "erasure": {"erases": list},
        "release": {"number": int, "manifest": str},
    }
)

# version -> the step that turns facts of that version into facts of the next one
UPGRADES: Mapping[int, Upgrade] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry before it is appended."""

    kind: str
    facts: Facts
    words: Facts
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing somebody did. ``words`` is None once they are erased."""

    sequence: int
    kind: str
    facts: Facts
    words: Facts | None
    author: str
    at: str
    previous: str
    hash: str
    version: int = VERSION


class Header(NamedTuple):
    """All that an entry's hash covers, in the order of canonical JSON."""

    at: str
    author: str
    facts: str
    kind: str
    previous: str
    sequence: int
    version: int
    words: str

    def hash(self) -> str:
        """Return the SHA-256 of the header's canonical text."""
        return canon.flat_digest(self._asdict())


def genesis(secret: bytes) -> str:
    """Return what stands as ``previous`` in the first entry: it ties the chain to the case's secret, hiding it."""
    return hmac.digest(secret, b"cenotaph ledger genesis\x00", "sha256").hex()


def checked(draft: Draft) -> Draft:
    """Return the draft if it may enter the ledger.

    Raises
    ------
    InputError
        The kind is none of the eight, a fact is missing or of another type, or the author is empty.
    """
    if draft.kind not in KINDS:
        raise InputError(f"entry kind {draft.kind!r} does not exist; the kinds are {', '.join(KINDS)}")
    for name, wanted in KINDS[draft.kind].items():
        if not _fits(draft.facts.get(name), wanted):
            raise InputError(f"{draft.kind} entry: its facts need `{name}` ({wanted.__name__})")
    if not draft.author.strip():
        raise InputError(f"{draft.kind} entry: nobody signs it; give the author's code, such as r1")
    canon.canonical(draft.author)
    return draft


def _fits(value: object, wanted: type) -> bool:
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))


def upgraded(
    kind: str, version: int, facts: dict[str, Any], *, steps: Mapping[int, Upgrade] = UPGRADES, current: int = VERSION
) -> dict[str, Any]:
    """Return the facts as the current version writes them; the entry itself stays as it was written.

    Raises
    ------
    LedgerError
        The entry was written by a newer version of Cenotaph.
    """
    if version > current:
        raise LedgerError(
            f"a {kind} entry has version {version}; this Cenotaph reads versions up to {current}: install a newer one"
        )
    for step in range(version, current):
        facts = steps[step](kind, facts)
    return facts

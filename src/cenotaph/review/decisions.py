"""What people decide, one method a decision: checked here, then one entry of the ledger.

Invariant: a decision names records by opaque ids in its facts and by their own ids, which can hold a name, only in its
words. Nothing is ever undone here: a later decision supersedes an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from cenotaph.case import ABOUT_ACTOR, VISIBILITIES
from cenotaph.errors import InputError, NotFound
from cenotaph.ledger import Draft, Entry, Ledger, public_id
from cenotaph.messages import Message
from cenotaph.model import BY_RULE, Involvement, Verdict, split_key
from cenotaph.review.reviewers import reviewer_code
from cenotaph.values import properties

_ABOUT_RECORDS = ("judgement", "choice", "consent", "record")
CLEARANCES = ("public", "hidden")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer at work on the ledger of a case.

    Parameters
    ----------
    ledger
        The open ledger.
    author
        The reviewer's code; names and addresses are refused.
    known
        The ids of all records that were read; no other record can be decided about.
    """

    ledger: Ledger
    author: str
    known: Container[str] = frozenset()

    def __post_init__(self) -> None:
        reviewer_code(self.author)

    def judge(self, left: str, right: str, verdict: str, *, reason: str) -> Entry:
        """Decide whether two records, in any order, are the same person: ``same``, ``different`` or ``unsure``.

        Raises
        ------
        NotFound
            A record does not exist.
        InputError
            The verdict or the reason cannot be taken, or the two records are one.
        """
        return self._enter(self.judgement(left, right, verdict, reason=reason))

    def judgement(self, left: str, right: str, verdict: str, *, reason: str) -> Draft:
        """Return what `judge` would append; to be appended with others, all or none."""
        self._check_known(left, right)
        if left == right:
            raise InputError(
                Message("record {record} cannot be judged against itself; name two records", record=f"`{left}`")
            )
        if verdict not in list(Verdict):
            raise InputError(
                Message(
                    "verdict {verdict} does not exist; write {verdicts}", verdict=repr(verdict), verdicts=list(Verdict)
                )
            )
        left, right = sorted((left, right))
        facts = {"left": self._opaque(left), "right": self._opaque(right), "verdict": str(verdict)}
        words = {"left": left, "right": right, "reason": _given(reason)}
        return Draft(kind="judgement", facts=facts, words=words, author=self.author)

    def choose(self, record: str, key: str, *, reason: str, chosen: str | None = None) -> Entry:
        """Choose whose value of a property is shown on a person; the other values stay beside it.

        Parameters
        ----------
        record
            Any record of the person.
        key
            The property, such as ``death.date``.
        reason
            Why; kept, erasable, never published.
        chosen
            The record whose value is shown; ``record`` itself when left out.

        Raises
        ------
        NotFound
            A record or the property does not exist.
        InputError
            The reason is empty.
        """
        return self._enter(self.choice(record, key, reason=reason, chosen=chosen))

    def choice(self, record: str, key: str, *, reason: str, chosen: str | None = None) -> Draft:
        """Return what `choose` would append; to be appended with others, all or none."""
        chosen = record if chosen is None else chosen
        self._check_known(record, chosen)
        name = properties.property_of(split_key(key)[0]).name
        facts = {"record": self._opaque(record), "chosen": self._opaque(chosen), "property": name}
        words = {"record": record, "chosen": chosen, "reason": _given(reason)}
        return Draft(kind="choice", facts=facts, words=words, author=self.author)

    def unchoose(self, record: str, key: str, *, reason: str) -> Entry:
        """Take every earlier choice about a property of a person back: the written rule decides again.

        Raises
        ------
        NotFound
            The record or the property does not exist.
        InputError
            The reason is empty.
        """
        self._check_known(record)
        name = properties.property_of(split_key(key)[0]).name
        facts = {"record": self._opaque(record), "chosen": BY_RULE, "property": name}
        return self._append("choice", facts, {"record": record, "chosen": BY_RULE, "reason": _given(reason)})

    def consent(self, record: str, visibility: str, *, reason: str, overrules: int | None = None) -> Entry:
        """Record how far a person may be published: ``public``, ``name-only`` or ``hidden``.

        A reviewer's later decision replaces their earlier one; among several reviewers the most closed holds.

        Parameters
        ----------
        record
            Any record of the person.
        visibility
            How far.
        reason
            Who asked, and why; kept, erasable, never published.
        overrules
            The entry of another reviewer's consent for this record that no longer holds.

        Raises
        ------
        NotFound
            The record does not exist, or ``overrules`` is no consent for it.
        InputError
            The visibility or the reason cannot be taken.
        """
        self._check_known(record)
        if visibility not in VISIBILITIES:
            raise InputError(
                Message(
                    "visibility {word} does not exist; write {words}", word=repr(visibility), words=list(VISIBILITIES)
                )
            )
        facts: dict[str, Any] = {"record": self._opaque(record), "visibility": visibility}
        if overrules is not None:
            facts["overrules"] = self._overruled(overrules, facts["record"])
        return self._append("consent", facts, {"record": record, "reason": _given(reason)})

    def clear(self, key: str, verdict: str, *, reason: str) -> Entry:
        """Record the legal review of an allegation as it stands: ``public`` or ``hidden``.

        Parameters
        ----------
        key
            What was reviewed, ``Allegation.review_key``: another wording is another key and needs another review.
        verdict
            Whether it may be published. Of several reviewers the most closed verdict holds.
        reason
            What was reviewed, by whom, on what ground; kept, erasable, never published.

        Raises
        ------
        InputError
            The verdict or the reason cannot be taken.
        """
        if verdict not in CLEARANCES:
            raise InputError(
                Message("verdict {verdict} does not exist; write {verdicts}", verdict=repr(verdict),
                        verdicts=list(CLEARANCES))
            )  # fmt: skip
        facts = {"record": self._opaque(key), "visibility": verdict, "about": "allegation"}
        return self._append("consent", facts, {"record": key, "reason": _given(reason)})

    def connect(self, record: str, allegation: str, verdict: str, *, reason: str) -> Entry:
        """Decide whether an allegation concerns the person of a record: ``linked``, ``not-linked`` or ``unsure``.

        Raises
        ------
        NotFound
            The record does not exist.
        InputError
            The verdict or the reason cannot be taken.
        """
        self._check_known(record)
        if verdict not in list(Involvement):
            raise InputError(
                Message("verdict {verdict} does not exist; write {verdicts}", verdict=repr(verdict),
                        verdicts=list(Involvement))
            )  # fmt: skip
        facts = {"left": self._opaque(record), "right": self._opaque(f"allegation:{allegation}"),
                 "verdict": verdict, "about": ABOUT_ACTOR}  # fmt: skip
        return self._append("judgement", facts, {"left": record, "right": allegation, "reason": _given(reason)})

    def erase(self, record: str, *, who: str, why: str) -> Entry:
        """Erase a record: the words of every entry that names it go, and no reading may bring it back.

        The decisions stay as facts under an opaque id, so the chain verifies; nobody can tell any more whom they were
        about. The captured file still holds the row: it needs a redacted successor, captured as a new edition.

        Parameters
        ----------
        record
            The record.
        who, why
            Who asked for it, and why: the words of the erasure itself.

        Raises
        ------
        NotFound
            The record does not exist.
        InputError
            ``who`` or ``why`` is empty.
        """
        self._check_known(record)
        who, why, opaque = _given(who), _given(why), self._opaque(record)
        naming = [entry.sequence for entry in self.ledger.entries() if _is_about(entry, opaque)]
        return self.ledger.erase(naming, who, why, author=self.author, facts={"records": [opaque]})

    def release(self, manifest: str, *, note: str = "") -> Entry:
        """Record a release: the next number, the digest of its manifest and the head it was made from.

        Parameters
        ----------
        manifest
            SHA-256 of the release's manifest, in hexadecimal.
        note
            What changed, in words.

        Raises
        ------
        InputError
            The manifest is no digest.
        """
        if not _DIGEST.fullmatch(manifest):
            raise InputError("a release is named by the SHA-256 of its manifest: 64 hexadecimal digits")
        number = 1 + sum(1 for _ in self.ledger.entries("release"))
        facts = {"number": number, "manifest": manifest, "head": self.ledger.head, "entries": self.ledger.count}
        return self._append("release", facts, {"note": note})

    def _append(self, kind: str, facts: dict[str, Any], words: dict[str, Any]) -> Entry:
        return self.ledger.append(kind, facts, words, self.author)

    def _enter(self, draft: Draft) -> Entry:
        return self.ledger.append(draft.kind, draft.facts, draft.words, draft.author)

    def _opaque(self, record: str) -> str:
        return public_id(self.ledger.secret, record)

    def _check_known(self, *records: str) -> None:
        for record in records:
            if record not in self.known:
                raise NotFound(
                    Message(
                        "record {record} does not exist; ids are list:key, as in the records that were read",
                        record=f"`{record}`",
                    )
                )

    def _overruled(self, sequence: int, opaque: str) -> int:
        entry = self.ledger.entry(sequence)
        if entry.kind != "consent" or entry.facts["record"] != opaque:
            raise NotFound(f"entry {sequence} is no consent for this record; name the entry of the consent to overrule")
        return sequence


def _given(text: str) -> str:
    if not text.strip():
        raise InputError(Message("say why: a decision without a reason cannot be defended later"))
    return text.strip()


def _is_about(entry: Entry, opaque: str) -> bool:
    """Say whether a decision that still has its words is about a record."""
    named = {entry.facts.get(name) for name in ("record", "left", "right", "chosen")}
    return entry.kind in _ABOUT_RECORDS and entry.words is not None and opaque in named

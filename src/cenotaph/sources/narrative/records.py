"""Entered records as rows of the records table, and what became of their passages.

Invariant: every entered record of a person is one row, whatever happened to its file; a claim stands there only with a
passage. Whoever a later edition of a text no longer speaks of stays, marked ``gone``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cenotaph.case import Case
from cenotaph.errors import CenotaphError
from cenotaph.messages import Message
from cenotaph.model import Entered, Passage, Source
from cenotaph.sources.editions import GONE, ORDER
from cenotaph.sources.narrative.kept import document_of
from cenotaph.sources.narrative.locate import places
from cenotaph.sources.readers.documents import Document, digest_of

PERSON, EVENT, STATEMENT = "person", "event", "statement"
KINDS = (PERSON, EVENT, STATEMENT)
PASSAGE = "passage"
_ROW_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The persons that the texts of a case speak of, and how the marking stands."""

    table: pa.Table | None
    report: Mapping[str, Any]


def read_narratives(case: Case) -> Told:
    """Return the entered persons as records, and say which passages a later edition no longer has."""
    found = [each for each in case.entered if not case.is_erased(each.record)]
    gone = {each.record for each in found if _is_gone(case, each)}
    people = [each for each in found if each.kind == PERSON]
    report = {name: _report(case, name, found, gone) for name in case.config.narratives}
    return Told(table=_table(people, gone) if people else None, report=report)


def latest_source(case: Case, name: str) -> Source | None:
    """Return the newest captured edition of a narrative."""
    own = [source for source in case.sources if source.list == name]
    return max(own, key=lambda each: (each.edition, each.sequence), default=None)


def _is_gone(case: Case, entered: Entered) -> bool:
    """Say whether a later edition of the text has none of the words that were marked."""
    latest = latest_source(case, entered.list)
    if latest is None or latest.digest == entered.source:
        return False
    text = document_of(case, latest).text
    return not any(next(places(text, passage.quote), None) for passage in entered.passages)


def _report(case: Case, name: str, found: Sequence[Entered], gone: set[str]) -> dict[str, Any]:
    own = [each for each in found if each.list == name]
    latest = latest_source(case, name)
    if latest is not None:
        document_of(case, latest)  # kept under build/ once more when that was deleted
    old = [each for each in own if latest is not None and each.source != latest.digest]
    notes = [*_lost(old, gone), *_kept(old, gone)]
    counts = {f"{kind}s": sum(each.kind == kind for each in own) for kind in KINDS}
    return {"captured": latest is not None, "passages": sum(len(each.passages) for each in own), **counts,
            "notes": notes}  # fmt: skip


def _lost(old: Sequence[Entered], gone: set[str]) -> Iterator[Message]:
    for each in old:
        if each.record in gone:
            yield Message(
                "{record}: the newest edition no longer has the passage ({place}); the record stays, withdrawn",
                record=each.record, place=each.passages[0].locator,
            )  # fmt: skip


def _kept(old: Sequence[Entered], gone: set[str]) -> Iterator[Message]:
    still = [each.record for each in old if each.record not in gone]
    if still:
        yield Message("{n} records were marked in an earlier edition and stand in the newest too", n=len(still))


def _table(people: Sequence[Entered], gone: set[str]) -> pa.Table:
    keys = list(dict.fromkeys(key for each in people for passage in each.passages for key in passage.claims))
    rows = [_row(each, keys, number) for number, each in enumerate(people, 1)]
    coded = pa.dictionary(pa.int32(), pa.string())
    kinds = {"list": coded, "source": coded, ORDER: pa.int64(), "row": pa.int32()}
    kinds |= {f"{key}@": coded for key in keys}
    fields = {name: pa.array([row[name] for row in rows], kinds.get(name, pa.string())) for name in rows[0]}
    if any(each.record in gone for each in people):
        fields[GONE] = pa.array(["1" if each.record in gone else None for each in people], pa.string())
    return pa.table(fields)


def _row(entered: Entered, keys: Sequence[str], number: int) -> dict[str, Any]:
    said: dict[str, Passage] = {}
    for passage in entered.passages:
        for key in passage.claims:
            said.setdefault(key, passage)
    row: dict[str, Any] = {
        "record": entered.record,
        "list": entered.list,
        ORDER: entered.founded << _ROW_BITS,
        "row": number,
        "source": entered.source,
        PASSAGE: entered.passages[0].locator,
    }
    for key in keys:
        row[key] = said[key].claims[key] if key in said else None
        row[f"{key}@"] = said[key].locator if key in said else None
    return row


def check_passages(case: Case) -> Iterator[tuple[int, str]]:
    """Derive every marked text again and yield the entry and the fault of each passage that no longer stands there."""
    sources = {source.digest: source for source in case.sources}
    for digest in dict.fromkeys(each.source for each in case.entered):
        marked = [each for each in case.entered if each.source == digest]
        if digest not in sources:
            yield marked[0].sequence, Message("no entry of the ledger captured the text that this record was marked in")
            continue
        try:
            document = document_of(case, sources[digest], fresh=True)
        except CenotaphError as error:
            yield marked[0].sequence, str(error)
            continue
        yield from _differing(document, marked)


def _differing(document: Document, marked: Sequence[Entered]) -> Iterator[tuple[int, str]]:
    for each in marked:
        for passage in each.passages:
            if digest_of(document.text[passage.start : passage.end]) != passage.digest:
                yield each.sequence, Message(
                    "the passage at {place} is another text now: it was derived by {before}, now by {now}",
                    place=passage.locator, before=each.reader, now=document.reader,
                )  # fmt: skip

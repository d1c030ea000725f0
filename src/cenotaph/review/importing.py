"""Filled cells become decisions, decisions become ledger entries: all of a workbook, or none.

Invariant: what was said already is not said again, so two imports are one; a cell that nobody touched decides nothing,
whoever imports the copy. All new entries of a workbook are one transaction: a power cut leaves none or all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.ledger import Draft
from cenotaph.model import Choice, Verdict
from cenotaph.review.decisions import Review
from cenotaph.review.layout import reason_digest
from cenotaph.review.live import Slot, live
from cenotaph.review.reading import Back, Filled, Line, read_back
from cenotaph.review.wording import verdict_of
from cenotaph.review.workbook import stamp_of

WITHDRAWN = "withdrawn in the workbook"
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person filled in: a verdict on a pair, or the record whose value of a property is shown."""

    kind: str  # judgement | choice
    slot: Slot
    said: str
    reason: str
    sheet: str
    cell: str

    def draft(self, review: Review) -> Draft:
        """Return it as an entry, checked as any decision is."""
        if self.kind == "judgement":
            return review.judgement(*self.slot, self.said, reason=self.reason)
        return review.choice(*self.slot, reason=self.reason, chosen=self.said)


@dataclass(frozen=True, slots=True)
class _Known:
    """The records there are, by opaque id, and who fills in."""

    records: Mapping[str, str]
    author: str


def import_workbook(path: Path, case: Case, author: str, records: Iterable[str]) -> dict[str, Any]:
    """Take what was filled into a workbook into the ledger.

    Parameters
    ----------
    path
        The workbook, as any program saved it.
    case
        The case it was exported from.
    author
        The code of who filled it in.
    records
        The ids of all records that were read.

    Returns
    -------
    dict
        ``judgements`` and ``choices`` that are new, how many were ``already`` said, and the ``report``: a line for
        whatever was not taken, with sheet, cell, code and words.

    Raises
    ------
    InputError
        The file is no review workbook, or one of another case. Nothing was written.
    """
    sheets, lines = read_back(path)
    if sheets[0].stamp.case != stamp_of(case).case:
        raise InputError(f"{path.name}: this workbook was exported from another case; import it there")
    ids = frozenset(records)
    known = _Known({case.public_id(record): record for record in ids}, author)
    decisions = []
    for back in sheets:
        lines += back.lines
        if back.id in _TAKERS:
            decisions += _once(_taken(back, known, lines), lines)
    new: list[Decision] = []
    with case.open_ledger() as ledger:
        review = Review(ledger, author, ids)
        added = ledger.append_many(_fresh(decisions, review, sheets[0].stamp.entries, new))
    lines += _disagreements(Case.load(case.folder), decisions, before=case)
    return {
        "judgements": sum(each.kind == "judgement" for each in new),
        "choices": sum(each.kind == "choice" for each in new),
        "already": len(decisions) - len(new),
        "entries": [added.start, added.stop - 1] if len(added) else [],
        "report": [{"sheet": line.sheet, "cell": line.cell, "code": line.code, "what": line.what} for line in lines],
    }


def _fresh(decisions: Iterable[Decision], review: Review, base: int, new: list[Decision]) -> Iterator[Draft]:
    """Yield what was not said yet; run inside the transaction, so that nobody says it meanwhile."""
    so_far = live(review.ledger.entries(), review.author)
    since = {(kind, slot, said.verdict, said.reason) for kind, slot, said in so_far.ever if said.sequence > base}
    for each in decisions:
        holds = (so_far.verdicts if each.kind == "judgement" else so_far.choices).get(each.slot)
        told = (each.kind, each.slot, each.said, each.reason)
        # said since the export: this very workbook came in before, and may have been superseded since
        if told in since or (holds is not None and (holds.verdict, holds.reason) == (each.said, each.reason)):
            continue
        new.append(each)
        yield each.draft(review)


def _taken(back: Back, known: _Known, lines: list[Line]) -> Iterator[tuple[Filled, Decision]]:
    take, column = _TAKERS[back.id]
    for row in back.rows:
        found = take(row, known)
        if isinstance(found, Decision):
            yield row, Decision(kind=found.kind, slot=found.slot, said=found.said, reason=found.reason,
                                sheet=back.title, cell=back.cell(row, column))  # fmt: skip
        elif found is not None:
            code, at, what = found
            lines.append(Line(sheet=back.title, cell=back.cell(row, at), code=code, what=what))


def _once(taken: Iterable[tuple[Filled, Decision]], lines: list[Line]) -> list[Decision]:
    """Return one decision a row; a row that was copied and says two things says nothing."""
    by_key: dict[str, list[Decision]] = {}
    for row, decision in taken:
        by_key.setdefault(row.key, []).append(decision)
    kept = []
    for found in by_key.values():
        if len({(each.said, each.reason) for each in found}) == 1:
            kept.append(found[0])
            continue
        cells = ", ".join(each.cell for each in found)
        what = f"the same row stands here several times and says different things ({cells}): none is taken"
        lines.append(Line(sheet=found[0].sheet, cell=found[0].cell, code="twice", what=what))
    return kept


_Problem = tuple[str, str, str]  # code, column, what


def _state(row: Filled, author: str, said: str, reason: str) -> str:
    """Say what became of the cells to fill: ``same`` as exported, ``emptied``, ``bare`` of a reason, or ``new``."""
    by, before, digest = (*row.given.split(), "", "", "")[:3]
    if not said and before:
        return "emptied" if by == author else "same"
    if said == before and (not said or reason_digest(reason) == digest):
        return "same" if said or not reason else "wordless"
    return "new" if reason else "bare"


def _judgement(row: Filled, known: _Known) -> Decision | _Problem | None:
    text, reason = row.cells.get("verdict", ""), row.cells.get("reason", "")
    verdict = verdict_of(text) if text else None
    if text and verdict is None:
        return "no-verdict", "verdict", "this is no verdict; write same, different or unsure"
    state = _state(row, known.author, str(verdict or ""), reason)
    if state == "same":
        return None
    if state in _PROBLEMS:
        return _PROBLEMS[state]
    pair = [known.records.get(each) for each in row.key.split()]
    left, right = (*pair, None, None)[:2]
    if left is None or right is None or len(pair) != 2:
        return "gone", "verdict", "a record of this pair is no longer in the case: the verdict is not taken"
    said = verdict or Verdict.UNSURE
    why = reason or WITHDRAWN
    return Decision(kind="judgement", slot=(min(left, right), max(left, right)), said=str(said), reason=why,
                    sheet="", cell="")  # fmt: skip


def _choice(row: Filled, known: _Known) -> Decision | _Problem | None:
    text, reason = row.cells.get("choice", "").translate(_DIGITS), row.cells.get("reason", "")
    if text and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= len(row.options)):
        return "no-choice", "choice", f"this is no choice; write a number from 1 to {len(row.options)}"
    state = _state(row, known.author, str(int(text)) if text else "", reason)
    if state == "same":
        return None
    if state == "emptied":
        return "emptied", "choice", "a choice cannot be emptied, it stands; write the number of another value"
    if state in _PROBLEMS:
        return _PROBLEMS[state]
    person, _, name = row.key.partition(" ")
    record, chosen = known.records.get(person), known.records.get(row.options[int(text) - 1])
    if record is None or chosen is None:
        return "gone", "choice", "a record of this person is no longer in the case: the choice is not taken"
    return Decision(kind="choice", slot=(record, name), said=chosen, reason=reason, sheet="", cell="")


_PROBLEMS: Mapping[str, _Problem] = {
    "bare": (
        "no-reason",
        "reason",
        "a decision without a reason cannot be defended later: write why; it was not taken",
    ),
    "wordless": ("reason-alone", "reason", "there is a reason and no decision beside it: nothing was taken"),
}
_TAKERS: Mapping[str, tuple[Callable[[Filled, _Known], Decision | _Problem | None], str]] = {
    "pairs": (_judgement, "verdict"),
    "conflicts": (_choice, "choice"),
}


def _disagreements(after: Case, decisions: Iterable[Decision], *, before: Case) -> Iterator[Line]:
    """Say where reviewers disagree on what this workbook decided."""
    settled = {(each.left, each.right): each for each in after.judgements}
    chosen = {(each.record, each.property): each for each in before.choices}
    for each in decisions:
        pair = settled.get(each.slot) if each.kind == "judgement" else None
        if pair is not None and " " in pair.reviewer:
            what = f"{pair.reason}; the pair settles to unsure until they agree"
            yield Line(sheet=each.sheet, cell=each.cell, code="disagree", what=what)
        other = chosen.get(each.slot) if each.kind == "choice" else None
        if other is not None and other.chosen != each.said:
            yield from _replaced(each, other)


def _replaced(each: Decision, other: Choice) -> Iterator[Line]:
    what = f"this replaces the choice of {other.reviewer}: of two choices the later one is shown"
    yield Line(sheet=each.sheet, cell=each.cell, code="replaces", what=what)

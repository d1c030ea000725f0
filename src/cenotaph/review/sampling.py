"""A labelled sample in the ledger: the pairs that were drawn, and the labels that came back in coders' workbooks.

Invariant: a label is signed by the coder whose copy it was filled into, names records by opaque ids in its facts, and
is no judgement about the links. Importing a workbook twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cenotaph.case import ABOUT_SAMPLE, ASKED, Case, last_number
from cenotaph.errors import InputError
from cenotaph.ledger import Draft, Entry
from cenotaph.linkage.sampled import Drawn
from cenotaph.model import SampledPair, Verdict
from cenotaph.review.layout import SAMPLE
from cenotaph.review.reading import Back, Filled, Line, read_back
from cenotaph.review.reviewers import reviewer_code
from cenotaph.review.wording import verdict_of
from cenotaph.review.workbook import stamp_of

Slot = tuple[str, str]
Labels = dict[Slot, tuple[Verdict, str]]  # a coder's verdict on a pair, and the remark


def enter_sample(case: Case, drawn: Sequence[Drawn], author: str) -> int:
    """Enter the pairs of a new sample, which ends an earlier one, and return its number."""
    reviewer_code(author)
    with case.open_ledger() as ledger:
        number = last_number(ledger.entries()) + 1
        ledger.append_many(_asking(case, each, number, author) for each in drawn)
    return number


def _asking(case: Case, each: Drawn, number: int, author: str) -> Draft:
    facts = {**_about(case, (each.left, each.right), number), "verdict": ASKED, "stratum": each.stratum,
             "of": each.of, "drawn": each.drawn}  # fmt: skip
    return Draft(kind="judgement", facts=facts, words={"left": each.left, "right": each.right}, author=author)


def _about(case: Case, slot: Slot, number: int) -> dict[str, Any]:
    left, right = map(case.public_id, slot)
    return {"left": left, "right": right, "about": ABOUT_SAMPLE, "sample": number}


def import_labels(path: Path, case: Case, coder: str) -> dict[str, Any]:
    """Take a coder's labels into the ledger.

    Returns
    -------
    dict
        ``labels`` that are new, how many were there ``already``, and the ``report``: a line for what was not taken.

    Raises
    ------
    InputError
        The file is no workbook for coders, one of another case, or another coder's copy. Nothing was written.
    """
    reviewer_code(coder)
    (back, *_), lines = read_back(path, SAMPLE)
    if back.stamp.case != stamp_of(case).case:
        raise InputError(f"{path.name}: this workbook was made from another case; import it there")
    _check_owner(path, back, coder)
    labels = _labels(back, {_key(case, pair): pair for pair in case.sample}, lines)
    with case.open_ledger() as ledger:
        before = _before(ledger.entries(), coder)
        new = {slot: said for slot, said in labels.items() if before.get(slot) != said}
        number = case.sample[0].sample if case.sample else 0
        ledger.append_many(_label(case, slot, said, (number, coder)) for slot, said in new.items())
    report = [{"sheet": line.sheet, "cell": line.cell, "code": line.code, "what": line.what}
              for line in (*lines, *back.lines)]  # fmt: skip
    return {"labels": len(new), "already": len(labels) - len(new), "report": report}


def _check_owner(path: Path, back: Back, coder: str) -> None:
    """Refuse another coder's copy: two coders in one file would no longer be independent."""
    owners = sorted({owner for row in back.rows for owner in row.options if owner != coder})
    if owners:
        raise InputError(f"{path.name}: this copy was made for {owners[0]}; import it under that code, or get your own")


def _key(case: Case, pair: SampledPair) -> str:
    return f"{case.public_id(pair.left)} {case.public_id(pair.right)}"


def _labels(back: Back, pairs: Mapping[str, SampledPair], lines: list[Line]) -> Labels:
    found: Labels = {}
    for row in back.rows:
        if not row.cells.get("verdict"):
            continue
        said = _said(row, pairs)
        if isinstance(said, Verdict):
            pair = pairs[row.key]
            found[pair.left, pair.right] = (said, row.cells.get("reason", ""))
        else:
            code, what = said
            lines.append(Line(sheet=back.title, cell=back.cell(row, "verdict"), code=code, what=what))
    return found


def _said(row: Filled, pairs: Mapping[str, SampledPair]) -> Verdict | tuple[str, str]:
    """Return the verdict of a row, or why there is none."""
    if row.key not in pairs:
        return "gone", "this pair is not in the sample of the case now: the label is not taken"
    verdict = verdict_of(row.cells["verdict"])
    return verdict or ("no-verdict", "this is no verdict; write same, different or unsure")


def _before(entries: Iterable[Entry], coder: str) -> Labels:
    """Return what a coder said last of each pair."""
    return dict(_told(entry) for entry in entries if _is_label(entry, coder))


def _is_label(entry: Entry, coder: str) -> bool:
    about = entry.facts.get("about") == ABOUT_SAMPLE and entry.facts.get("verdict") != ASKED
    return about and entry.author == coder and entry.words is not None


def _told(entry: Entry) -> tuple[Slot, tuple[Verdict, str]]:
    words = entry.words or {}
    return (words["left"], words["right"]), (Verdict(entry.facts["verdict"]), words.get("reason", ""))


def _label(case: Case, slot: Slot, said: tuple[Verdict, str], by: tuple[int, str]) -> Draft:
    facts = {**_about(case, slot, by[0]), "verdict": str(said[0])}
    return Draft(
        kind="judgement", facts=facts, words={"left": slot[0], "right": slot[1], "reason": said[1]}, author=by[1]
    )


def disagreed(pairs: Iterable[SampledPair]) -> Iterator[SampledPair]:
    """Yield the pairs about which coders disagree, for a third one."""
    return (pair for pair in pairs if len(set(pair.said.values())) > 1)

"""A labelled sample of a case: drawn, given to coders, taken in, and what it says of the links as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from cenotaph import linkage, review, sources
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.linkage import Links, LinkSettings, sampled
from cenotaph.pipeline import keeping
from cenotaph.pipeline.stages import Step, silent
from cenotaph.review import reviewer_code

SEED = 1988


def draw_sample(
    folder: Path, count: int, *, seed: int = SEED, author: str, again: bool = False, step: Step | None = None
) -> dict[str, Any]:
    """Draw a labelled sample of the pairs that were compared, and enter it in the ledger.

    Parameters
    ----------
    folder
        The case.
    count
        How many pairs.
    seed
        The same seed draws the same pairs from the same links.
    author
        Whose code signs the draw.
    again
        End a sample that coders have labelled already; its labels stay in the ledger and no longer count.

    Raises
    ------
    InputError
        There are labels already and ``again`` is not set, or the pairs are too few.
    """
    reviewer_code(author)
    tell = step or silent
    case = Case.load(folder)
    if any(pair.said for pair in case.sample) and not again:
        raise InputError("the sample of this case has labels already; say --again to end it and draw another")
    records, _, case = keeping.read(case, author=author, tell=tell)
    tell("link", 0, 0)
    pairs = sampled.frame(_every_pair(case, records), without=_judged_rows(case, records))
    drawn = sampled.draw(pairs, records, count, seed=seed)
    tell("draw", 0, 0)
    number = review.enter_sample(case, drawn, author)
    return {"sample": number, "pairs": len(drawn), "of": len(pairs.left), "seed": seed}


def _every_pair(case: Case, records: pa.Table) -> Links:
    """Link again, keeping every pair that was compared: `build/link` keeps only those worth a person's look."""
    given = list(sources.given_persons(records))
    settings = LinkSettings(review=sampled.EVERY)
    return linkage.link(records, case.lists, [*given, *case.judgements], settings=settings, seed=keeping.SEED)


def _judged_rows(case: Case, records: pa.Table) -> list[tuple[int, int]]:
    at = {record: row for row, record in enumerate(records.column("record").to_pylist())}
    said = [*sources.given_persons(records), *case.judgements]
    return [(at[each.left], at[each.right]) for each in said if each.left in at and each.right in at]


def write_sample(folder: Path, path: Path, *, author: str, disagreements: bool = False) -> dict[str, Any]:
    """Write the workbook of one coder: all pairs of the sample, or those that other coders disagree about.

    Raises
    ------
    NotFound
        No sample was drawn, or the coders disagree about nothing.
    InputError
        The file is no .xlsx, or its folder is not there.
    """
    reviewer_code(author)
    review.check_target(path)
    case = Case.load(folder)
    pairs = tuple(review.disagreed(case.sample)) if disagreements else case.sample
    if not pairs:
        why = "coders disagree about no pair" if case.sample else "no sample was drawn; draw one with --pairs 200"
        raise NotFound(f"{folder}: {why}")
    records, _, case = keeping.read(case, author=author, tell=silent)
    return {"file": str(path), "pairs": review.write_sample(path, case, records, pairs, author)}


def import_sample(folder: Path, path: Path, *, author: str) -> dict[str, Any]:
    """Take a coder's filled workbook into the ledger; importing it twice adds nothing.

    Raises
    ------
    NotFound
        There is no such file.
    InputError
        It is no workbook of this case for this coder; nothing was written.
    """
    _check_name(path)
    if not path.is_file():
        raise NotFound(f"{path}: there is no such file; name the workbook that was filled in")
    return review.import_labels(path, Case.load(folder), author)


def _check_name(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path.name}: a sample is an .xlsx workbook; give the file a name that ends in .xlsx")


def measure_sample(folder: Path, *, step: Step | None = None) -> dict[str, Any] | None:
    """Return what the sample says of the links as they are now; None where nobody drew one."""
    tell = step or silent
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=tell)
    return measured(case, records, keeping.link(case, records, tell=tell))


def measured(case: Case, records: pa.Table, links: Links) -> dict[str, Any] | None:
    """Return precision, recall and agreement from the case's sample; None where nobody drew one."""
    if not case.sample:
        return None
    at = {record: row for row, record in enumerate(records.column("record").to_pylist())}
    judged = {(each.left, each.right) for each in case.judgements}
    labels = [
        sampled.Label(
            pair=sampled.Drawn(left=each.left, right=each.right, stratum=each.stratum, of=each.of, drawn=each.drawn),
            linked=bool(links.cluster[at[each.left]] == links.cluster[at[each.right]]),
            said={coder: str(verdict) for coder, verdict in each.said.items()},
            judged=(each.left, each.right) in judged,
        )
        for each in case.sample
        if each.left in at and each.right in at
    ]
    return {"sample": case.sample[0].sample, **sampled.summary(labels)}

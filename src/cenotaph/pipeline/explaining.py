"""Why two records are held for one person or for two, for any pair of a case; and what a person hangs on.

Invariant: a pair that the build kept is explained by what the build kept. Any other is weighed on demand, as an
*unsure* that nobody said: it joins nobody, and nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cenotaph import linkage, review
from cenotaph.case import Case
from cenotaph.errors import InputError, NotFound
from cenotaph.linkage import Links, Meeting
from cenotaph.messages import Message
from cenotaph.model import Judgement, Verdict
from cenotaph.pipeline import keeping
from cenotaph.pipeline.stages import Step, silent
from cenotaph.publishing.exhibition.typeset import raster
from cenotaph.review import Waterfall, Words

_ASKED = "on-demand"  # whose *unsure* it is; no reviewer's code, for it is never stored


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair with its explanation; ``meeting`` tells by what the two were found, where that was asked or needed.

    ``held`` are the records of the person that hangs on the pair and those of its smaller side, where that was asked.
    """

    case: Case
    records: pa.Table
    links: Links
    row: Mapping[str, float]
    judgement: Judgement | None
    meeting: Meeting | None
    kept: bool
    held: tuple[int, int] | None = None

    def waterfall(self, words: Words) -> Waterfall:
        """Return the steps in a language."""
        one, two = (int(self.row[side]) for side in ("left", "right"))
        linked = bool(self.links.cluster[one] == self.links.cluster[two])
        return review.waterfall(self.records, self.row, words, linked=linked, judgement=self.judgement)

    def titles(self, found: Waterfall) -> tuple[str, str]:
        """Return what the two lists are called."""
        one, two = (self.case.lists[name].title or name for name in found.lists)
        return one, two

    def text(self, language: str) -> str:
        """Return the whole explanation for a terminal."""
        words = review.spoken(language)
        found = self.waterfall(words)
        parts = [review.text_of(found, words, self.titles(found)), *review.met(self.meeting, words, kept=self.kept)]
        if self.held is not None:
            parts.insert(0, review.hanging(self.held, words))
        return "\n".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Return the explanation as plain data, in English."""
        words = review.spoken("en")
        return {
            **review.plain(self.waterfall(words)),
            "kept": self.kept,
            "found_by": None if self.meeting is None else dict(self.meeting.shared),
            "compared": self.kept or (self.meeting is not None and self.meeting.compared),
            "held": None if self.held is None else {"records": self.held[0], "side": self.held[1]},
        }

    def draw(self, folder: Path) -> list[Path]:
        """Write the waterfall, SVG and PNG, in each language of the review; return where they are."""
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for language in review.LANGUAGES:
            words = review.spoken(language)
            found = self.waterfall(words)
            svg = review.picture(found, words, self.titles(found))
            path = folder / f"why.{language}.svg"
            path.write_text(svg, encoding="utf-8", newline="\n")
            path.with_suffix(".png").write_bytes(raster(svg))
            made += [path, path.with_suffix(".png")]
        return made


def explain(
    folder: Path, one: str, other: str | None = None, *, keys: bool = False, step: Step | None = None
) -> Explained | None:
    """Explain a pair of records, or the weakest link of a person.

    Parameters
    ----------
    one, other
        Record ids. Without ``other``, a record or the public id of a person: its weakest link is explained.
    keys
        Also find out by what a pair was found that the build kept; this takes as long as linking does.

    Returns
    -------
    Explained or None
        None for a person of one record, whom no link holds together.

    Raises
    ------
    NotFound
        The case has no such record or person.
    """
    tell = step or silent
    case = Case.load(folder)
    records, _, case = keeping.read(case, author="local", tell=tell)
    links = keeping.link(case, records, tell=tell)
    if other is None:
        row = _hanging(links, _row_of(case, records, links, one))
        return None if row is None else _kept(case, records, links, row, keys=keys)
    rows = sorted(_row(records, each) for each in (one, other))
    if rows[0] == rows[1]:
        raise InputError(Message("{record} is one record; name two, or leave the second out", record=one))
    row = review.find_pair(links, (rows[0], rows[1]))
    if row is not None:
        return _kept(case, records, links, row, keys=keys)
    tell("link", 0, 0)
    row = _on_demand(case, records, (rows[0], rows[1]))
    return Explained(
        case, records, links, row, None, linkage.meeting(records, case.lists, (rows[0], rows[1])), kept=False
    )


def _kept(case: Case, records: pa.Table, links: Links, row: Mapping[str, float], *, keys: bool) -> Explained:
    pair = int(row["left"]), int(row["right"])
    meeting = linkage.meeting(records, case.lists, pair) if keys else None
    held = (int(row["records"]), int(row["side"])) if "records" in row else None
    return Explained(case, records, links, row, _judgement(case, records, pair), meeting, kept=True, held=held)


def _row(records: pa.Table, record: str) -> int:
    found = pc.index(records.column("record"), record).as_py()
    if found < 0:
        raise NotFound(
            Message("the case has no record {record}; `cenotaph search` finds records by name", record=record)
        )
    return int(found)


def _row_of(case: Case, records: pa.Table, links: Links, name: str) -> int:
    """Return the row of a record, or of the founding record of the person with a public id."""
    found = pc.index(records.column("record"), name).as_py()
    if found >= 0:
        return int(found)
    for row in sorted(set(links.cluster.tolist())):
        if case.public_id(records.column("record")[row].as_py()) == name:
            return int(row)
    raise NotFound(
        Message("the case has no record and no person {name}; `cenotaph search` finds both by name", name=name)
    )


def _hanging(links: Links, row: int) -> dict[str, float] | None:
    """Return the weakest link of the person that a record belongs to."""
    table = linkage.weakest(links.pairs, links.cluster).table
    at = pc.index(table.column("person"), pa.scalar(int(links.cluster[row]), pa.int32())).as_py()
    found: dict[str, float] | None = table.slice(at, 1).to_pylist()[0] if at >= 0 else None
    return found


def _judgement(case: Case, records: pa.Table, pair: Sequence[int]) -> Judgement | None:
    ids = {records.column("record")[row].as_py() for row in pair}
    return next((each for each in case.judgements if {each.left, each.right} == ids), None)


def _on_demand(case: Case, records: pa.Table, pair: tuple[int, int]) -> dict[str, float]:
    """Weigh a pair that the build did not keep: linked again with it asked about, so that it is compared."""
    left, right = (records.column("record")[row].as_py() for row in pair)
    asked = Judgement(left=left, right=right, verdict=Verdict.UNSURE, reviewer=_ASKED, sequence=0)
    judgements = [*keeping.judgements_on(case, records), asked]
    links = linkage.link(records, case.lists, judgements, settings=keeping.settings_of(case), seed=keeping.SEED)
    row = review.find_pair(links, pair)
    if row is None:
        raise NotFound(Message("{left} and {right} could not be compared; run {command}", left=left, right=right,
                               command=f"cenotaph build {case.folder}"))  # fmt: skip
    if not row["guards"]:  # nothing but our own *unsure* held it back
        row["weight"] -= row["w.settled"]
        row["w.settled"] = 0.0
        row["probability"] = 1.0 / (1.0 + 2.0 ** -row["weight"])
    return row

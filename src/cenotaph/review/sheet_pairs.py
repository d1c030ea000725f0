"""The sheet of doubtful pairs: two records side by side, what speaks for and against, a verdict and a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cenotaph.model import Judgement, Verdict, split_key
from cenotaph.review.layout import Cell, Column, Row, Sheet, given
from cenotaph.review.material import Material
from cenotaph.review.queue import Question
from cenotaph.review.reasons import label, reasons
from cenotaph.review.telling import cell, facings
from cenotaph.review.waterfall import Waterfall, faced, waterfall
from cenotaph.review.wording import Words
from cenotaph.values import property_of

_WIDTHS = {"name": 28, "place": 22, "date": 14, "age": 10, "code": 10, "text": 24, "number": 10}
_LAST = {"why": 44, "waterfall": 60, "letters": 44, "so_far": 30, "left_list": 20, "right_list": 20, "left_record": 24,
         "right_record": 24}  # fmt: skip


def sheet(material: Material) -> Sheet:
    """Return the sheet; the most useful pairs first."""
    words = material.words
    compared = _compared(material)
    return Sheet("pairs", words.say("sheets", "pairs"), _columns(words, tuple(compared)), _rows(material, compared), 2)


def _compared(material: Material) -> dict[str, tuple[str, ...]]:
    """Return the properties that linking compared, each with the columns of the records table that hold it."""
    found: dict[str, list[str]] = {}
    weighed = [name.removeprefix("w.") for name in material.links.questions.column_names if name.startswith("w.")]
    wanted = {split_key(key)[0] for key in weighed if key not in ("prior", "event", "settled")}
    for key in material.records.column_names:
        name = split_key(key)[0]
        if name in wanted and not key.endswith(("@", "#", "%")):
            found.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def _columns(words: Words, properties: tuple[str, ...]) -> tuple[Column, ...]:
    verdicts = tuple(words.say("verdicts", verdict) for verdict in Verdict)
    first = (
        Column("verdict", words.say("columns", "verdict"), 14, fill=True, options=verdicts),
        Column("reason", words.say("columns", "reason"), 34, fill=True),
        Column("probability", words.say("columns", "probability"), 11),
        Column("now", words.say("columns", "now"), 18),
    )
    sides = tuple(_side(words, side, name) for name in properties for side in ("a", "b"))
    return (*first, *sides, *(Column(name, words.say("columns", name), width) for name, width in _LAST.items()))


def _side(words: Words, side: str, name: str) -> Column:
    title = words.say("columns", side, name=label(name, words.language))
    return Column(f"{side}.{name}", title, _WIDTHS[property_of(name).kind])


def _rows(material: Material, compared: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    case = material.case
    for each in material.queue.questions:
        mine = material.live.verdicts.get((each.left, each.right)) or material.live.verdicts.get(
            (each.right, each.left)
        )
        verdict, reason = (mine.verdict, mine.reason) if mine else ("", "")
        said = material.words.say("verdicts", verdict) if verdict else None
        sides = [_said(material, keys, row) for keys in compared.values() for row in each.rows]
        yield Row(
            key=f"{case.public_id(each.left)} {case.public_id(each.right)}",
            cells=(said, reason or None, *_how(each, material.words), *sides, *_why(material, each)),
            given=given(material.live.author, str(verdict), reason),
        )


def _how(each: Question, words: Words) -> tuple[Cell, Cell]:
    now = words.say("pairs", "one" if each.linked else "two")
    more = f"\n{words.say('pairs', 'others', count=each.others)}" if each.others else ""
    return None if each.probability is None else round(each.probability, 3), now + more


def _said(material: Material, keys: tuple[str, ...], row: int) -> str:
    texts = (material.records.column(key)[row].as_py() for key in keys)
    return " / ".join(text.strip() for text in texts if text and text.strip())


def _why(material: Material, each: Question) -> tuple[Cell, ...]:
    words, lists = material.words, material.records.column("list")
    one, two = (material.title_of(lists[row].as_py()) for row in each.rows)
    said = reasons(each.weights, words, each.guards)
    steps = cell(_explained(material, each, each.row), words) if each.row is not None else ""
    letters = "\n".join(facings(faced(material.records, each.rows), words))
    return said, steps, letters, so_far(each.judgement, words), one, two, each.left, each.right


def _explained(material: Material, each: Question, row: Mapping[str, float]) -> Waterfall:
    return waterfall(material.records, row, material.words, linked=each.linked, judgement=each.judgement)


def so_far(judgement: Judgement | None, words: Words) -> str:
    """Say what people decided about a pair so far, and who."""
    if judgement is None:
        return ""
    if " " in judgement.reviewer:  # several: they disagree
        return words.say("pairs", "disputed", reason=judgement.reason)
    verdict = words.say("verdicts", judgement.verdict)
    return words.say("pairs", "so_far", verdict=verdict, reviewer=judgement.reviewer, reason=judgement.reason)

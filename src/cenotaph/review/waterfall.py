"""Why two records are held for one person or for two: what was believed first, what each property adds, what it makes.

Invariant: the steps add up to the total; every value stands as its source wrote it; a number comes from linking and is
never worked out anew. The words are in ``words/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from cenotaph.linkage import MEANINGS, guards_of
from cenotaph.model import Judgement, split_key
from cenotaph.review.reasons import label
from cenotaph.review.wording import Words
from cenotaph.values import is_known, property_of
from cenotaph.values.facing import Facing, face

_APART = ("prior", "event", "settled")
_FATHER = "name.father"
_OWN_PARTS = ("name.given", "name.family")
_NOTICED = 0.05  # bits; less is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: a property with what the two sources wrote, or one of the steps that are no property.

    ``kind`` is ``prior``, ``property``, ``event``, ``rest``, ``guard`` or ``person``; ``bits`` are log2 odds.
    """

    kind: str
    key: str
    title: str
    note: str
    bits: float
    left: str = ""
    right: str = ""
    agreement: str = ""  # the code of the level


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The explanation of a pair.

    ``silent`` are properties that one of the two does not state; ``guards`` the codes of the guards that held it back;
    ``facing`` sets the words of the two names side by side.
    """

    left: str
    right: str
    lists: tuple[str, str]
    linked: bool
    steps: tuple[Step, ...]
    total: float
    probability: float
    guards: tuple[str, ...]
    silent: tuple[str, ...]
    facing: tuple[Facing, ...]


def waterfall(
    records: pa.Table,
    row: Mapping[str, float],
    words: Words,
    *,
    linked: bool,
    judgement: Judgement | None = None,
) -> Waterfall:
    """Explain a pair.

    Parameters
    ----------
    records
        The records table.
    row
        The pair as a row of ``Links.pairs`` or ``Links.questions``.
    words
        The language.
    linked
        Whether the two are one person now.
    judgement
        What reviewers settled about it.
    """
    rows = int(row["left"]), int(row["right"])
    ids, lists = ([records.column(name)[at].as_py() for at in rows] for name in ("record", "list"))
    properties = tuple(_properties(records, row, rows, words))
    total, settled = float(row["weight"]), float(row["w.settled"])
    steps = [_prior(row, words), *(step for step in properties if step.agreement != "missing")]
    steps += _event(row, words)
    steps += _rest(total - settled - sum(step.bits for step in steps), words)
    guards = guards_of(int(row["guards"]))
    steps += _settled(settled, guards, judgement, words)
    return Waterfall(
        left=ids[0], right=ids[1], lists=(lists[0], lists[1]), linked=linked, steps=tuple(steps), total=total,
        probability=float(row["probability"]), guards=guards,
        silent=tuple(step.key for step in properties if step.agreement == "missing"),
        facing=faced(records, rows),
    )  # fmt: skip


def _prior(row: Mapping[str, float], words: Words) -> Step:
    bits = float(row["w.prior"])
    note = words.say("waterfall", "prior_note", count=round(2.0 ** min(60.0, max(0.0, -bits))))
    return Step(kind="prior", key="", title=words.say("waterfall", "prior"), note=note, bits=bits)


def _properties(records: pa.Table, row: Mapping[str, float], rows: tuple[int, int], words: Words) -> Iterator[Step]:
    """Yield every property that was compared, in the order in which linking has them."""
    for name, bits in row.items():
        key = name.removeprefix("w.")
        if name == key or key in _APART:
            continue
        code = meaning(key, int(row.get(f"a.{key}", 0)))
        left, right = (said(records, key, at) for at in rows)
        yield Step(kind="property", key=key, title=named(key, words), note=words.say("agreement", code),
                   bits=float(bits), left=left, right=right, agreement=code)  # fmt: skip


def named(key: str, words: Words) -> str:
    """Return what a property is called."""
    return label(key, words.language) if is_known(key) else key


def meaning(key: str, level: int) -> str:
    """Return the code of a level of agreement of a property."""
    return MEANINGS[_kind(key)][level]


def _kind(key: str) -> str:
    kind = property_of(key).kind if is_known(key) else "text"
    if key == "identity.number":
        return "identity"
    return kind if kind in MEANINGS else "text"


def said(records: pa.Table, key: str, row: int) -> str:
    """Return what a record says of a property, as written; several values with a slash between."""
    return " / ".join(values(records, key, row))


def values(records: pa.Table, key: str, row: int) -> tuple[str, ...]:
    """Return the values that linking compares for a property: other names are names, a region belongs to its place."""
    slots: dict[str, list[str]] = {}
    for column in records.column_names:
        if column[-1] not in "@#%":
            slots.setdefault(split_key(column)[0], []).append(column)
    own = _texts(records, slots.get(key, []), row)
    if key == "name":
        parts = " ".join(text for part in _OWN_PARTS for text in _texts(records, slots.get(part, []), row))
        return tuple(
            dict.fromkeys(text for text in (*own, parts, *_texts(records, slots.get("name.alias", []), row)) if text)
        )
    if key.endswith(".place"):
        wide = _texts(records, slots.get(f"{key.removesuffix('.place')}.region", []), row)
        return tuple(f"{text}, {wide[0]}" for text in own) if own and wide else own or wide
    return own


def _texts(records: pa.Table, columns: Sequence[str], row: int) -> tuple[str, ...]:
    found = (records.column(column)[row].as_py() for column in columns)
    return tuple(text.strip() for text in found if text and text.strip())


def faced(records: pa.Table, rows: tuple[int, int]) -> tuple[Facing, ...]:
    """Set the words of the two names side by side; of several names of a record those that answer each other best."""
    left, right = (values(records, "name", row) for row in rows)
    found = [face(one, other) for one in left for other in right]
    return max(found, key=lambda faces: sum(each.likeness for each in faces) / len(faces) if faces else 0.0, default=())


def _event(row: Mapping[str, float], words: Words) -> list[Step]:
    bits = float(row["w.event"])
    said_ = (words.say("waterfall", name) for name in ("event", "event_note"))
    title, note = said_
    return [Step(kind="event", key="", title=title, note=note, bits=bits)] if bits <= -_NOTICED else []


def _rest(bits: float, words: Words) -> list[Step]:
    title, note = (words.say("waterfall", name) for name in ("rest", "rest_note"))
    return [Step(kind="rest", key="", title=title, note=note, bits=bits)] if abs(bits) >= _NOTICED else []


def _settled(bits: float, guards: Sequence[str], judgement: Judgement | None, words: Words) -> list[Step]:
    """Return the step that a verdict or guards make, whichever stands above the other."""
    if judgement is not None:
        note = words.say("waterfall", "person_note", verdict=words.say("verdicts", judgement.verdict),
                         reviewer=judgement.reviewer)  # fmt: skip
        return [Step(kind="person", key="", title=words.say("waterfall", "person"), note=note, bits=bits)]
    if not guards and abs(bits) < _NOTICED:
        return []
    note = " ".join(words.say("guards", guard) for guard in guards)
    return [Step(kind="guard", key="", title=words.say("waterfall", "guard"), note=note, bits=bits)]

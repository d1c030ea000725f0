"""What a run of linking leaves for the next one: what it learnt from the whole, and the pairs it compared.

Invariant: arrays and a head of plain data, nothing that must be executed to be read; hashes and numbers, no text of any
record. Whether it fits other records is asked in `fitting`, never assumed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates.sieve import Rooms, Sieve
from cenotaph.linkage.clusters.facts import RecordFacts
from cenotaph.linkage.comparison.compare import Compared
from cenotaph.linkage.comparison.compared_pairs import Pairs
from cenotaph.linkage.encoding.encode import Longs
from cenotaph.linkage.encoding.flattened import Filled
from cenotaph.linkage.increments.frequencies import Table
from cenotaph.linkage.weights.model import Kind, Model

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Arrays = dict[str, npt.NDArray[Any]]
FORMAT = 2
_SHARES = ("person", "event", "strangers", "usual")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What one run learnt from the whole collection.

    ``origin`` says under which settings, seed and program; ``filled`` how each list that was there fills in its days,
    by property; ``verdicts`` are hashes of what people had decided.
    """

    origin: Mapping[str, Any]
    records: int
    shape: tuple[str, ...]
    lists: tuple[str, ...]
    filled: Mapping[str, Mapping[str, Filled]]
    verdicts: Hashes
    model: Model
    sieve: Sieve
    frequencies: Mapping[str, tuple[Table, ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was learnt, and the collection as it was linked last, by canonical position.

    ``changed`` counts the records that came, went or changed since it was learnt.
    """

    learnt: Learnt
    changed: int
    ids: Hashes
    content: Hashes
    keys: Hashes
    facts: RecordFacts
    base: Pairs
    score: Floats | None
    sides: Longs
    sides_compared: Compared

    def to_arrays(self) -> tuple[dict[str, Any], Arrays]:
        """Return a head that can be written as JSON, and arrays by name."""
        own, sieve, model = self.learnt, self.learnt.sieve, self.learnt.model
        arrays: Arrays = {
            "ids": self.ids, "content": self.content, "keys": self.keys, "words": self.facts.words.astype(np.uint16),
            "full": self.facts.full, "left": self.base.left, "right": self.base.right,
            "levels": self.base.compared.levels, "bits": self.base.compared.bits, "sides": self.sides,
            "sides.levels": self.sides_compared.levels, "sides.bits": self.sides_compared.bits,
            "verdicts": own.verdicts, "rates": model.rates, "slips": model.slips,
        }  # fmt: skip
        arrays |= {} if self.score is None else {"score": self.score}
        arrays |= {f"{name}.{n}": one for name in _SHARES for n, one in enumerate(getattr(model, name))}
        arrays |= {f"sieve.{name}": getattr(sieve, name) for name in ("atom", "number", "about", "bits")}
        for name, rooms in (("large", sieve.large), ("split", sieve.split)):
            arrays |= {f"{name}.keys": rooms.keys, f"{name}.rooms": rooms.rooms}
        for key, tables in own.frequencies.items():
            for n, table in enumerate(tables):
                arrays |= {f"told.{key}.{n}.values": table.values, f"told.{key}.{n}.bits": table.bits}
        return self._head(), arrays

    def _head(self) -> dict[str, Any]:
        own, sieve, model = self.learnt, self.learnt.sieve, self.learnt.model
        plain = ("records", "least", "shift", "cap", "neighbours", "enough")
        return {
            "format": FORMAT, "origin": dict(own.origin), "records": own.records, "changed": self.changed,
            "shape": list(own.shape), "lists": list(own.lists),
            "filled": {key: dict(found) for key, found in own.filled.items()},
            "kinds": [dataclasses.astuple(kind) for kind in model.kinds],
            "event_rate": model.event_rate, "offset": model.offset, "scale": model.scale,
            "sieve": {name: getattr(sieve, name) for name in plain},
            "unseen": {key: [table.unseen for table in tables] for key, tables in own.frequencies.items()},
        }  # fmt: skip


def from_arrays(head: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> Kept:
    """Return what was kept from its head and arrays.

    Raises
    ------
    KeyError
        Something is missing.
    """
    kinds = tuple(Kind(key, kind) for key, kind in head["kinds"])
    learnt = Learnt(
        origin=head["origin"], records=head["records"], shape=tuple(head["shape"]), lists=tuple(head["lists"]),
        filled={key: {name: tuple(how) if how else None for name, how in found.items()}
                for key, found in head["filled"].items()},
        verdicts=arrays["verdicts"], model=_model(head, arrays, kinds), sieve=_sieve(head, arrays),
        frequencies={
            key: tuple(Table(arrays[f"told.{key}.{n}.values"], arrays[f"told.{key}.{n}.bits"], one)
                       for n, one in enumerate(unseen))
            for key, unseen in head["unseen"].items()
        },
    )  # fmt: skip
    base = Pairs(arrays["left"], arrays["right"], Compared(arrays["levels"], arrays["bits"]))
    return Kept(
        learnt=learnt, changed=head["changed"], ids=arrays["ids"], content=arrays["content"], keys=arrays["keys"],
        facts=RecordFacts(kinds, arrays["words"].astype(np.int32), arrays["full"]),
        base=base, score=arrays.get("score"),
        sides=arrays["sides"], sides_compared=Compared(arrays["sides.levels"], arrays["sides.bits"]),
    )  # fmt: skip


def _model(head: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]], kinds: tuple[Kind, ...]) -> Model:
    shares: dict[str, Any] = {name: tuple(arrays[f"{name}.{n}"] for n in range(len(kinds))) for name in _SHARES}
    said = {name: head[name] for name in ("event_rate", "offset", "scale")}
    return Model(kinds=kinds, rates=arrays["rates"], slips=arrays["slips"], **shares, **said)


def _sieve(head: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> Sieve:
    rooms: dict[str, Any] = {
        name: Rooms(arrays[f"{name}.keys"], arrays[f"{name}.rooms"]) for name in ("large", "split")
    }
    own: dict[str, Any] = {name: arrays[f"sieve.{name}"] for name in ("atom", "number", "about", "bits")}
    return Sieve(**own, **rooms, **head["sieve"])

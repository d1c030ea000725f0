"""Finding a name in any script, with the reason for each hit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.pipeline.estimating import register_of
from cenotaph.registry import Register
from cenotaph.values import compare, fold
from cenotaph.values.names import prepare, similarity

LEAST = 0.5  # a hit below this explains nothing


def search(folder: Path, text: str, *, limit: int = 10) -> list[dict[str, Any]]:
    """Return the persons whose names are most like a text, the best first.

    Returns
    -------
    list of dict
        ``person`` (public id), ``records``, ``name`` as written, ``score`` from 0 to 1, and ``why``: the alignment.

    Raises
    ------
    InputError
        The text has no letter to search for.
    """
    if not fold(text).strip():
        raise InputError(Message("there is no letter in the text to search for; write a name in any script"))
    return _found(register_of(Case.load(folder)), text, limit)


def _found(register: Register, text: str, limit: int) -> list[dict[str, Any]]:
    names, owners = _names(register)
    scores = _scores(names, text)
    best: dict[int, tuple[float, str]] = {}
    for index in np.argsort(-scores, kind="stable").tolist():
        if len(best) >= limit or scores[index] < LEAST:
            break
        for person in owners[names[index]]:
            best.setdefault(person, (float(scores[index]), names[index]))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [_hit(register, person, score, name, text) for person, (score, name) in ranked]


def _names(register: Register) -> tuple[list[str], dict[str, list[int]]]:
    owners: dict[str, list[int]] = {}
    for person in range(len(register)):
        for row in register.groups.members(person):
            for claim in register.assembly.name_claims(row):
                held = owners.setdefault(claim.raw.strip(), [])
                if not held or held[-1] != person:
                    held.append(person)
    return list(owners), owners


def _scores(names: list[str], text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    table = prepare([*names, text])
    left = np.full(len(names), len(names), np.int32)
    return similarity(table, left, np.arange(len(names), dtype=np.int32))


def _hit(register: Register, person: int, score: float, name: str, text: str) -> dict[str, Any]:
    found = register.person(person)
    return {
        "person": found.public_id,
        "records": list(found.records),
        "name": name,
        "score": round(score, 4),
        "why": compare(text, name).alignment,
    }

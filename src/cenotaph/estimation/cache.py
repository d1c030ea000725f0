"""Results kept on disk by what they were computed from, so that a run that was killed goes on where it stood.

Invariant: a file is written beside its place and moved there whole; its name is the digest of the table, the settings,
the seed and the version, so a result is never taken for another question. Arrays and JSON only: nothing is executed.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cenotaph._version import __version__
from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Bound, Distribution, Fitted, Posterior, Result, Withheld
from cenotaph.estimation.settings import Settings

Computed = tuple[dict[str, Result], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of computed results; None keeps nothing."""

    folder: Path | None

    def load(self, key: str) -> Computed | None:
        """Return results and checks computed before, or None when there are none that can be read."""
        if self.folder is None:
            return None
        try:
            with np.load(self.folder / f"{key}.npz", allow_pickle=False) as held:
                facts = json.loads(str(held["facts"]))
                results = {name: _result(name, one, held) for name, one in facts["results"].items()}
                return results, facts["checks"]
        except (FileNotFoundError, zipfile.BadZipFile, KeyError, ValueError, EOFError):
            return None

    def save(self, key: str, results: Mapping[str, Result], checks: Mapping[str, Any]) -> None:
        """Keep results and checks."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        arrays = {f"{name}.{field}": value for name, one in results.items() for field, value in _arrays(one).items()}
        facts = {"results": {name: _facts(one) for name, one in results.items()}, "checks": dict(checks)}
        temporary = self.folder / f".{key}.{os.getpid()}.npz"
        with temporary.open("wb") as handle:
            np.savez_compressed(handle, facts=np.array(json.dumps(facts, ensure_ascii=False)), **arrays)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(self.folder / f"{key}.npz")


def key_of(table: Table, plan: Settings, seed: int) -> str:
    """Return the digest of everything a result depends on."""
    asked = {
        "table": table.sha256,
        "names": table.names,
        "settings": plan.to_json(),
        "seed": seed,
        "version": __version__,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def _arrays(one: Result) -> dict[str, Any]:
    if isinstance(one, Posterior):
        return {"draws": one.draws}
    return {"values": one.values, "mass": one.mass} if isinstance(one, Distribution) else {}


def _facts(one: Result) -> dict[str, Any]:
    match one:
        case Posterior():
            kind = {"settled": one.settled, "status": one.status, "details": dict(one.diagnostics)}
        case Distribution():
            kind = {"details": dict(one.details)}
        case Fitted():
            kind = {"point": one.point, "interval": one.interval, "details": dict(one.details)}
        case Bound():
            kind = {"point": one.lower_bound, "interval": one.interval}
        case Withheld():
            kind = {"reason": one.reason}
    return {"kind": type(one).__name__, "method": one.method, **kind}


def _result(name: str, facts: Mapping[str, Any], held: Mapping[str, Any]) -> Result:
    method = facts["method"]
    match facts["kind"]:
        case "Posterior":
            return Posterior(method, held[f"{name}.draws"], facts["settled"], facts["status"], facts["details"])
        case "Distribution":
            return Distribution(method, held[f"{name}.values"], held[f"{name}.mass"], facts["details"])
        case "Fitted":
            low, high = facts["interval"]
            return Fitted(method, facts["point"], (low, high), facts["details"])
        case "Bound":
            low, high = facts["interval"]
            return Bound(facts["point"], (low, high), method)
        case _:
            return Withheld(method, facts["reason"])

"""The demonstration: the invented case through all stages, then measured against the truth only its maker knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cenotaph.demo.files import write_case
from cenotaph.demo.reviewed import decide
from cenotaph.errors import Conflict
from cenotaph.pipeline import build, evaluate_case
from cenotaph.pipeline.building import PARTS
from cenotaph.pipeline.report import as_text, evaluation_text

Step = Callable[[str, int, int], None]


def demonstrate(folder: Path, *, step: Step | None = None) -> dict[str, Any]:
    """Write the bundled case into a folder, build it, and measure it.

    Raises
    ------
    Conflict
        The folder holds something that is not the bundled case.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "truth" / "truth.json").is_file():
        raise Conflict(f"{folder} is not empty and not a demonstration; name a new folder")
    files = write_case(folder)
    build(folder, until="link", step=step)
    quality = evaluate_case(folder, files.truth)
    decide(folder)
    report = build(folder, step=step, parts=(*PARTS, "exhibition"))
    truth = json.loads(files.answers.read_text(encoding="utf-8"))
    found = {"folder": str(folder), "build": report, "quality": quality, "truth": truth}
    return {**found, "text": _text(folder, report, quality, truth)}


def _text(folder: Path, report: Mapping[str, Any], quality: Mapping[str, Any], truth: Mapping[str, Any]) -> str:
    site = folder / "build" / "site"
    return "\n".join(
        [
            as_text(report),
            "",
            "Measured against the truth, which only the maker of the invented country knows:",
            _indented(evaluation_text(quality)),
            f"  true number of dead {truth['true_number']:,}; on some list {truth['on_some_list']:,}",
            f"  estimate: {_number(report['estimate'])}",
            "",
            "Open:",
            f"  {site / 'index.html'}",
            f"  {folder / 'build' / 'exhibition' / 'panels.pdf'}",
            f"  {folder / 'cenotaph.toml'}",
            f"  {folder / 'build' / 'link' / 'questions.parquet'}",
            f"and run: cenotaph verify {folder}",
        ]
    )


def _number(estimate: Mapping[str, Any]) -> str:
    method = estimate["methods"].get("lcmcr", {})
    if estimate["verdict"] == "refused" or not method.get("interval"):
        return f"{estimate['verdict']}, no number"
    low, high = method["interval"]
    return f"{method['median']:,.0f} (95 % {low:,.0f} to {high:,.0f}), {estimate['verdict']}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())

"""What ``init`` prints for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.messages import ENGLISH, Speech
from cenotaph.pipeline.preview import preview_lines

_MANY = 40  # internal columns that are named; of more, how many


def init_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say what was proposed, what is doubtful, what the first rows become, and what stays internal."""
    lines = [say("{config} is written.", config=found["config"])]
    for table in found["lists"]:
        lines += ["", *_list(table, say)]
    lines += ["", say("Files that were left out:")] if found["refused"] else []
    lines += [f"  {say(row['error'])}" for row in found["refused"]]
    lines += ["", say("Read {config}, settle what has a question mark, and run {command}", config=found["config"],
                      command=f"cenotaph build {found['case']} --until estimate")]  # fmt: skip
    return "\n".join(lines)


def _list(table: Mapping[str, Any], say: Speech) -> Iterator[str]:
    yield say("{file}: {n} rows, list {name}", file=table["file"], n=table["rows"], name=table["name"])
    used = [line["key"] for line in table["lines"] if line["certainty"] == "sure"]
    asked = [line["key"] for line in table["lines"] if line["certainty"] == "doubtful"]
    held = [line["key"] for line in table["lines"] if line["certainty"] == "held"]
    yield "  " + say("Understood: {keys}", keys=used or "-")
    if asked:
        yield "  " + say("Used, with a question mark: {keys}", keys=asked)
    if held:
        yield "  " + say("Not used until you say so: {keys}", keys=held)
    yield "  " + say("The first rows:")
    yield from preview_lines(table["preview"], say)
    if table["doubts"]:
        yield "  " + say("Doubtful:")
        yield from (f"    ? {say(doubt['what'])}" for doubt in table["doubts"])
    if table["unmapped"]:
        names, rest = table["unmapped"][:_MANY], len(table["unmapped"]) - _MANY
        yield "  " + say("Mapped to nothing, kept and internal: {columns}", columns=names)
        if rest > 0:
            yield "  " + say("… and {n} more columns", n=rest)

"""What leaves for the review and what came back from it, in words for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cenotaph.messages import ENGLISH, Speech


def exported_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say what a workbook holds, and what was left out of it."""
    held = {name: found[name] for name in ("people", "pairs", "conflicts", "editions", "report")}
    lines = [
        say("{file}: {people} people, {pairs} pairs, {conflicts} conflicts, {editions} editions, {report} report lines",
            file=str(found["file"]), **held),
        *_left_out(found, say),
        say("It holds everything the case knows: keep it as safe as the case."),
    ]  # fmt: skip
    return "\n".join(lines)


def imported_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say what of a workbook was entered, and what was not and why."""
    lines = [
        say("{judgements} judgements and {choices} choices entered, {already} known before",
            judgements=found["judgements"], choices=found["choices"], already=found["already"]),
    ]  # fmt: skip
    lines += [f"  {' '.join(filter(None, (line['sheet'], line['cell'])))}: {line['what']}" for line in found["report"]]
    if found["judgements"] + found["choices"]:
        lines.append(say("run build to see what follows"))
    return "\n".join(lines)


def queue_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say which pairs a person should look at first, why, and what a verdict would change."""
    lines = [line for each in found["questions"] for line in _question(each, say)]
    return "\n".join([*lines, *_left_out(found, say)]) or say("no doubtful pair")


def _left_out(found: Mapping[str, Any], say: Speech) -> list[str]:
    if not found["left_out"]:
        return []
    return [say("{n} more open pairs are left out: judge these first", n=found["left_out"])]


def _question(each: Mapping[str, Any], say: Speech) -> list[str]:
    sure = "     " if each["probability"] is None else say.number(round(each["probability"], 3)).ljust(5)
    now = say("now one person") if each["linked"] else say("now two persons")
    said = f"  [{each['verdict']}, {each['reviewer']}]" if each["verdict"] else ""
    lines = [f"{sure}  {each['left']}  {each['right']}  {now}{said}", f"       {each['why']}"]
    return lines if each["verdict"] else [*lines, f"       {_changes(each, say)}"]


def _changes(each: Mapping[str, Any], say: Speech) -> str:
    """Say what a verdict would change, and what it is expected to change."""
    told = {"moved": each["moved"], "expected": say.number(round(each["expected"], 2))}
    if each["overlaps"]:
        return say("a verdict would change {moved} records, one person, {overlaps} pairs of the estimate's lists; "
                   "expected change {expected}", overlaps=each["overlaps"], **told)  # fmt: skip
    return say("a verdict would change {moved} records, one person; expected change {expected}", **told)

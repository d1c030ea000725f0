"""What a labelled sample says, in words for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cenotaph.messages import ENGLISH, Speech

Share = Mapping[str, float | None]


def sample_text(found: Mapping[str, Any] | None, say: Speech = ENGLISH) -> str:
    """Say precision, recall and agreement, with everything that limits them."""
    if found is None:
        return say("nobody has measured the links of this case; draw a sample with --pairs 200")
    lines = [say("sample {n}: {labelled} of {pairs} pairs labelled", n=found["sample"], labelled=found["labelled"],
                 pairs=found["pairs"])]  # fmt: skip
    lines += [say("  coder {coder}: {n} labels", coder=coder, n=n) for coder, n in found["coders"].items()]
    if found["labelled"]:
        lines += _shares(found, say)
    lines += [_agreed(each, say) for each in found["kappa"]]
    lines += _limits(found, say)
    return "\n".join(lines)


def _shares(found: Mapping[str, Any], say: Speech) -> list[str]:
    lines = [
        say("precision {share}", share=_share(found["precision"], say)),
        say("recall {share} of the pairs held for possible", share=_share(found["recall_near"], say)),
        say("recall {share} of all pairs that were compared", share=_share(found["recall"], say)),
        say("a pair that was never compared is in no recall; `evaluate` tells how many are, where the truth is known"),
    ]
    if found["provisional"]:
        lines.append(say("provisional: not every pair has been labelled by two people"))
    return lines


def _share(share: Share, say: Speech) -> str:
    low, high = (say.number(round(float(share[end] or 0.0), 3)) for end in ("low", "high"))
    middle = share["estimate"]
    said = "–" if middle is None else say.number(round(middle, 3))
    return f"{said} ({low}–{high})"


def _agreed(each: Mapping[str, Any], say: Speech) -> str:
    return say("{coders} agree on {agreed} of {both} pairs, kappa {kappa}", coders=list(each["coders"]),
               agreed=each["agreed"], both=each["both"], kappa=_share(each, say))  # fmt: skip


def _limits(found: Mapping[str, Any], say: Speech) -> list[str]:
    lines = []
    if found["disagreements"]:
        lines.append(say("coders disagree about {n} pairs; a third coder gets them with --disagreements",
                         n=len(found["disagreements"])))  # fmt: skip
        lines += [f"  {left}  {right}" for left, right in found["disagreements"]]
    if found["changed"]:
        lines.append(say("{n} of these links changed since the sample was drawn; new pairs are not in it",
                         n=found["changed"]))  # fmt: skip
    if found["judged"]:
        lines.append(say("{n} of these pairs were judged by a person since: their links are not the program's",
                         n=found["judged"]))  # fmt: skip
    return lines

"""What the methodology page says of how well records were joined and of lists that look copied, in words."""

from __future__ import annotations

from typing import Any

from cenotaph.publishing.public import Measures, PublicCase, PublicCopying, PublicSample
from cenotaph.publishing.site.runs import isolate
from cenotaph.publishing.site.words import Words

Share = tuple[float | None, float, float]


def measured(case: PublicCase, words: Words) -> dict[str, Any]:
    """Return the parts of the page that measures fill: ``sample``, its ``rows``, and ``copying``."""
    sample = case.measures.sample
    return {
        "sample": _who(sample, words) if sample else "",
        "sample_rows": _rows(sample, words) if sample else [],
        "copying": [_copied(each, case, words) for each in case.measures.copying],
        "copying_note": _compared(case.measures, words),
    }


def _who(sample: PublicSample, words: Words) -> str:
    drawn = words.count(
        "{n} pair of records, drawn at random in strata from all that were compared, was labelled by people who did "
        "not see what the program made of it.",
        "{n} pairs of records, drawn at random in strata from all that were compared, were labelled by people who did "
        "not see what the program made of them.",
        sample.labelled,
    )
    coders = words.count("One person labelled them.", "{n} people labelled them.", sample.coders)
    said = f"{drawn} {coders}"
    if sample.provisional:
        said += " " + words.say("The figures are provisional: not every pair was labelled by two people.")
    return said


def _rows(sample: PublicSample, words: Words) -> list[dict[str, str]]:
    rows = [
        (words.say("of the pairs joined, truly one person (precision)"), sample.precision),
        (words.say("of the pairs that are one person and were held for possible, joined (recall)"), sample.recall_near),
        (words.say("the same of all pairs that were compared, the most unlikely too"), sample.recall),
    ]
    if sample.kappa is not None:
        label = words.count("agreement of two people on {n} pair, beyond chance (kappa)",
                            "agreement of two people on {n} pairs, beyond chance (kappa)", sample.both)  # fmt: skip
        rows.append((label, sample.kappa))
    return [{"label": label, "text": _share(share, words)} for label, share in rows]


def _share(share: Share, words: Words) -> str:
    middle, low, high = (None if n is None else words.number(round(n, 2)) for n in share)
    return words.say("{middle} (95 % interval: {low} to {high})", middle=middle or "–", low=low, high=high)


def _copied(each: PublicCopying, case: PublicCase, words: Words) -> str:
    one, other = (isolate(case.lists[name].title if name in case.lists else name) for name in each.lists)
    said = words.say(
        "{one} and {other} share {shared} errors that others do not make; chance would give {expected} at most.",
        one=one, other=other, shared=words.number(each.shared), expected=words.number(round(each.expected, 1)),
    )  # fmt: skip
    return said + " " + (
        words.say("One of them says that it draws on the other.") if each.declared
        else words.say("One was copied from the other, or both from one source: they are not independent.")
    )  # fmt: skip


def _compared(measures: Measures, words: Words) -> str:
    if not measures.compared:
        return words.say("Whether lists were copied from each other could not be tested: it takes three that name the "
                         "same people.")  # fmt: skip
    if measures.copying:
        return ""
    return words.count("In {n} pair of lists, no more shared errors were found than chance gives.",
                       "In {n} pairs of lists, no more shared errors were found than chance gives.",
                       measures.compared)  # fmt: skip

"""Says an estimate in plain sentences, in each language of publication.

Invariant: never a number without its interval, never an interval from a sampler that has not settled, and no more
digits than the width of the interval bears. The sentences are in ``words/``, one file a language.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from cenotaph.errors import NotFound
from cenotaph.estimation.result import Interval, Posterior, Reason, Verdict, Weight

LANGUAGES = ("en", "fa")
BETWEEN = " \u00b7 "  # between the parts of a stratum's name
_PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")


def state(
    documented: int,
    verdict: Verdict,
    lists: int,
    posterior: Posterior | None,
    *,
    stratum: str = "",
    language: str = "en",
) -> str:
    """Return the estimate in sentences: what is documented, what is estimated, what it rests on and does not say.

    A refused estimate, or one without a settled posterior, states no number but the documented one.
    """
    words = _words(language)["statement"]
    said = [_say(words["documented"], {"documented": documented, "lists": lists}, language)]
    if stratum:
        said.append(_say(words["stratum"], {"stratum": name_stratum(stratum, language)}, language))
    if posterior is None or not posterior.settled or verdict is Verdict.REFUSED:
        return " ".join([*said, words["refused"], words["refused_meaning"]])
    said.append(_say(words["estimated"], rounded(documented, posterior), language))
    if verdict is Verdict.FRAGILE:
        said.append(words["fragile"])
    return " ".join([*said, words["rests"], words["not_said"]])


def say(sentence: str, language: str = "en", **facts: Any) -> str:
    """Return a sentence of the statement with its figures: ``lower_bound``, ``tried`` and so on."""
    return _say(_words(language)["statement"][sentence], facts, language)


def word(table: str, key: str, language: str = "en", **facts: Any) -> str:
    """Return words out of another table: ``picture``, ``check`` or ``part``."""
    return _say(_words(language)[table][key], facts, language)


def name_stratum(stratum: str, language: str) -> str:
    """Return the name of a stratum, with the parts that are ours in words."""
    own = _words(language)["stratum"]
    return BETWEEN.join(own.get(part, part) for part in stratum.split(BETWEEN))


def explain(reason: Reason, language: str = "en") -> str:
    """Return a reason in words."""
    code = "no_lists" if reason.code == "few_lists" and not reason.facts.get("lists", 1) else reason.code
    return _say(_words(language)["reason"][code], reason.facts, language)


def entitle(reasons: Sequence[Reason], titles: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return reasons that call lists by their titles, as readers know them, not by their names in the configuration."""

    def named(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: named(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [named(item) for item in value]
        return "+".join(titles.get(part, part) for part in value.split("+")) if isinstance(value, str) else value

    return tuple(replace(reason, facts=named(reason.facts)) for reason in reasons)


def explain_all(reasons: Sequence[Reason], language: str) -> tuple[str, ...]:
    """Return the reasons in words: refusals first, warnings last."""
    order = list(Weight)
    return tuple(explain(reason, language) for reason in sorted(reasons, key=lambda r: order.index(r.weight)))


def rounded(documented: int, posterior: Posterior) -> dict[str, int]:
    """Round the figures of a statement to what the interval supports: a twentieth of its width, never inwards."""
    return round_off(documented, posterior.interval, posterior.median)


def round_off(documented: int, interval: Interval, median: float) -> dict[str, int]:
    """Round an interval and its middle as `rounded` does."""
    low, high = interval
    grain = _grain(high - low)
    down = max(math.floor(low / grain) * grain, documented)
    up = math.ceil(high / grain) * grain
    middle = max(round(median / grain) * grain, documented)
    missing = {"missing_low": down - documented, "missing_high": up - documented}
    return {"low": down, "high": up, "median": middle, **missing}


def _grain(width: float) -> int:
    """Return the largest of 1, 5, 10, 50, 100 … that is at most a twentieth of the width."""
    wanted = max(width / 20.0, 1.0)
    power = int(10 ** math.floor(math.log10(wanted)))
    return 5 * power if wanted >= 5 * power else power


def _say(sentence: str, facts: Mapping[str, Any], language: str) -> str:
    return sentence.format(**{key: _show(value, language) for key, value in facts.items()})


def _show(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        return _part(value, language)
    if isinstance(value, list | tuple):
        return _words(language)["format"]["comma"].join(
            _part(item, language) if isinstance(item, Mapping) else str(item) for item in value
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return digits(f"{value:,}", language)
    return str(value)


def _part(facts: Mapping[str, Any], language: str) -> str:
    """Return a piece of a sentence: ``part`` names it, ``method`` stands for a method's name in words."""
    words = _words(language)
    told = {key: words["method"].get(value, value) if key == "method" else value for key, value in facts.items()}
    return _say(words["part"][facts["part"]], told, language)


def digits(text: str, language: str) -> str:
    """Return a figure with the digits and separators of a language."""
    return text.translate(_PERSIAN) if language == "fa" else text


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    if language not in LANGUAGES:
        raise NotFound(f"no sentences for the language {language!r}; there are {', '.join(LANGUAGES)}")
    text = resources.files("cenotaph.estimation").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

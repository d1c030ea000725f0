"""Why the program holds a pair for likely or not, in words made of the weights that linking gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph.review.wording import Words
from cenotaph.values import property_of

_SAYS, _CLEARLY, _STRONGLY = 0.5, 2.0, 5.0  # log2 odds: 1.4, 4 and 32 times as likely
_APART = ("prior", "event", "settled")
_EVENT, _HELD = -1.0, -0.5


def reasons(weights: Mapping[str, float], words: Words, guards: Sequence[str] = ()) -> str:
    """Say what speaks for and against a pair, the strongest first.

    Parameters
    ----------
    weights
        Log2 odds that each property adds, with ``event`` and ``settled`` as linking names them.
    words
        The language.
    guards
        The guards that held the pair back, where they are known.
    """
    if not weights:
        return words.say("why", "unknown")
    told = sorted(
        ((key, weight) for key, weight in weights.items() if key not in _APART), key=lambda pair: -abs(pair[1])
    )
    groups = {
        "for": [_graded(key, weight, words) for key, weight in told if weight >= _SAYS],
        "against": [_graded(key, weight, words) for key, weight in told if weight <= -_SAYS],
        "nothing": [label(key, words.language) for key, weight in told if 0.0 < abs(weight) < _SAYS],
    }
    comma = "، " if words.language == "fa" else ", "
    said = [words.say("why", name, what=comma.join(found)) for name, found in groups.items() if found]
    said += [words.say("why", "event")] if weights.get("event", 0.0) <= _EVENT else []
    held = weights.get("settled", 0.0) <= _HELD
    said += [words.say("guards", guard) for guard in guards] or ([words.say("why", "held")] if held else [])
    return " ".join(said)


def _graded(key: str, weight: float, words: Words) -> str:
    strength = "strongly" if abs(weight) >= _STRONGLY else "clearly" if abs(weight) >= _CLEARLY else "little"
    return words.say("why", strength, name=label(key, words.language))


def label(key: str, language: str) -> str:
    """Return what a claim key is called, with its act's name where the label alone would not tell."""
    return property_of(key).label(language)

"""Words: never a bare number, no more digits than the interval bears, every reason in every language."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import NotFound
from cenotaph.estimation import Posterior, Reason, Verdict, Weight
from cenotaph.estimation.statement import LANGUAGES, explain, rounded, state


def _posterior(low: float, high: float, *, settled: bool = True) -> Posterior:
    return Posterior(
        "lcmcr", np.linspace(low, high, 400).reshape(4, 100), settled, "converged" if settled else "modes_disagree"
    )


def test_languages_have_the_same_sentences_with_the_same_figures() -> None:
    """A reason in one language is a reason in all, and shows the same figures."""
    held = [
        tomllib.loads(
            resources.files("cenotaph.estimation").joinpath("words", f"{code}.toml").read_text(encoding="utf-8")
        )
        for code in LANGUAGES
    ]
    for part in ("statement", "reason"):
        for other in held[1:]:
            assert set(other[part]) == set(held[0][part])
            for code, words in held[0][part].items():
                assert set(re.findall(r"{(\w+)}", other[part][code])) == set(re.findall(r"{(\w+)}", words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unsettled_sampler_gets_no_number(language: str) -> None:
    """Only the documented count is said."""
    said = state(450, Verdict.REFUSED, 3, _posterior(1000, 9000, settled=False), language=language)
    digits = said.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    assert set(re.findall(r"\d+", digits)) == {"450", "3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_never_stands_without_its_interval(language: str) -> None:
    """Both ends, what it rests on, and what it does not say belong to the statement."""
    said = state(450, Verdict.SUPPORTED, 4, _posterior(1000, 2000), language=language)
    assert len(said.split(".")) > 4


def test_persian_is_written_with_persian_digits() -> None:
    """No Latin digit stands in a Persian sentence, but in the names of lists."""
    said = state(4400, Verdict.FRAGILE, 4, _posterior(9000, 13000), language="fa")
    assert "۴٬۴۰۰" in said
    assert not re.search(r"[0-9]", said.replace("95", ""))


def test_a_fragile_claim_is_called_so() -> None:
    """The verdict is part of the sentences."""
    assert "fragile" in state(450, Verdict.FRAGILE, 4, _posterior(1000, 2000))


@given(st.integers(10, 10**6), st.floats(1.01, 20), st.floats(1.01, 10))
def test_rounding_never_narrows_and_never_undercuts_the_documented(
    documented: int, first: float, second: float
) -> None:
    """The stated interval holds the computed one, and nobody documented is taken back."""
    low, high = documented * first, documented * first * second
    found = _posterior(low, high)
    told = rounded(documented, found)
    assert documented <= told["low"] <= found.interval[0] + 1
    assert told["high"] >= found.interval[1]
    assert told["missing_low"] == told["low"] - documented


def test_lists_in_a_reason_are_joined_in_the_language() -> None:
    """The comma is the language's own."""
    reason = Reason("disconnected_overlap", Weight.WEAKEN, {"lists": ["a", "b"]})
    assert explain(reason, "en").startswith("a, b:")
    assert explain(reason, "fa").startswith("a، b:")


def test_a_language_without_sentences_is_an_error() -> None:
    """Nothing is said in a language nobody wrote."""
    with pytest.raises(NotFound, match="no sentences for the language 'xx'"):
        explain(Reason("few_lists", Weight.REFUSE), "xx")

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
from cenotaph.estimation import Bound, Fitted, Posterior, Reason, Verdict, Weight, Withheld, describe
from cenotaph.estimation.comparison import compare
from cenotaph.estimation.statement import LANGUAGES, entitle, explain, name_stratum, rounded, state


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
    for part in ("statement", "reason", "part", "check", "picture", "method", "stratum"):
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


def test_no_list_at_all_is_said_without_a_zero_in_brackets() -> None:
    """A reader sees a sentence, not "(0)" or "(۰)"."""
    reason = Reason("few_lists", Weight.REFUSE, {"lists": 0, "needed": 3})
    assert explain(reason, "en").startswith("No list can serve; at least 3")
    assert "۰" not in explain(reason, "fa")
    assert "(1)" in explain(Reason("few_lists", Weight.REFUSE, {"lists": 1, "needed": 3}), "en")


def test_methods_and_changes_in_a_reason_are_words_of_the_language() -> None:
    """A Persian reason names no method by its code and has no Latin digit."""
    method = {"part": "method", "method": "stepwise", "value": 14300}
    said = explain(Reason("methods_disagree", Weight.WEAKEN, {"methods": [method]}), "fa")
    assert "لگ‌خطی گام‌به‌گام (۱۴٬۳۰۰)" in said
    changed = [{"part": "classes", "change": 20}, {"part": "without", "change": "ABA"}]
    assert "۲۰ رده، بدون ABA" in explain(Reason("sensitive", Weight.WEAKEN, {"what": changed}), "fa")
    assert "20 classes, without ABA" in explain(Reason("sensitive", Weight.WEAKEN, {"what": changed}), "en")


def test_strata_of_ours_have_names_in_words() -> None:
    """Codes become words; what a source said stays as it is."""
    assert name_stratum("Tehran \u00b7 female", "fa") == "Tehran \u00b7 زنان"
    assert name_stratum("others", "en") == "the small groups together"


def test_methods_that_agree_and_disagree_are_said_so() -> None:
    """Every method stands with its interval; the one outside is named with how far the middles are apart."""
    lead = _posterior(1000, 2000)
    near, far = Fitted("loglinear", 1600.0, (1200.0, 2100.0)), Fitted("stepwise", 4500.0, (3000.0, 6000.0))
    none, floor = Withheld("dga", "too many lists"), Bound(1400.0, (1300.0, 1500.0))
    agreed = compare({"lcmcr": lead, "loglinear": near, "dga": none, "chao": floor})
    assert "log-linear by BIC 1,600 (1,200 to 2,100)" in agreed
    assert "averaging over graphs no figure" in agreed
    assert "Chao's lower bound at least 1,400" in agreed
    assert "They agree" in agreed
    assert "stepwise log-linear (4,500). The highest middle is 3.0 times" in compare({"lcmcr": lead, "stepwise": far})
    endless = Fitted("stepwise", 1500.0, (1000.0, float("inf")))
    assert "stepwise log-linear no figure" in compare({"lcmcr": lead, "stepwise": endless})


def test_nothing_is_compared_with_an_unsettled_lead() -> None:
    """Where no interval may be shown, none stands beside another."""
    assert compare({"lcmcr": _posterior(1, 9, settled=False), "chao": Bound(2.0, (1.0, 3.0))}) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_checks_are_said_line_by_line_and_an_unsettled_variant_without_a_figure(language: str) -> None:
    """Fit comes with what it does not say; a variant that has not settled has no digit but its own."""
    checks = {
        "predictive": {},
        "misfits": [{"part": "on_lists", "people": 12, "lists": 3}],
        "sensitivity": {"without": [{"change": "ABA"}], "classes": [{"change": "5", "median": 9, "interval": [7, 12]}]},
        "dga_delta": {"0.5": {"median": 11.0, "saturated": 0.1}},
        "linkage": {"thresholds": {"0.9": {"median": 9.0, "interval": [7.2, 12.0]}, "0.3": {}}},
    }
    lines = describe(checks, language)
    assert len(lines) == 6
    assert not re.search(r"[0-9۰-۹]", lines[1])
    if language == "fa":
        assert not re.search(r"[0-9]", "".join(lines))
    else:
        assert lines[0].startswith("The model does not reproduce 12 people on exactly 3 lists. Fit is judged")
        assert lines[2] == "5 classes: about 9 (7 to 12)"


def test_lists_are_called_by_their_titles_where_they_have_one() -> None:
    """Also inside a list of lists, a change, and lists merged into one; a list without a title keeps its name."""
    titles = {"red": "Red Book", "blue": "Blue Book"}
    facts = {"lists": ["red", "own"], "what": [{"part": "merged", "change": "red+blue"}], "shared": 3}
    (found,) = entitle([Reason("near_copies", Weight.WEAKEN, facts)], titles)
    assert found.facts["lists"] == ["Red Book", "own"]
    assert found.facts["what"] == [{"part": "merged", "change": "Red Book+Blue Book"}]
    assert explain(found).startswith("Red Book, own: these two name nearly the same people (3)")

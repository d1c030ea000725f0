"""Splink as its own examples set it up: the one on 50,000 historical persons, or those on FEBRL.

Where a case is in an example (historical-50k, FEBRL 3 and 4), blocking rules, comparisons and training are the
example's. Invented persons are data of the shape of historical-50k and are treated like it. RLdata10000 and the lists
of the United States are in none: each has rules that a careful user would write, that one error in a record does not
defeat, and comparisons of Splink's library. The cut is the example's where it names one for clusters (0.95 on
historical-50k), else 0.8; between lists that hold nobody twice 0.5, since there each record takes its best link only.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

Keys = tuple[str, ...]
TURNED = "l.first_name = r.surname and l.surname = r.first_name"


@dataclass(frozen=True)
class Setup:
    """How Splink is set up for data of one shape."""

    rules: Sequence[Keys | str]  # what two records must share to be compared
    comparisons: Sequence[Any]
    sure: Sequence[Keys | str]  # pairs that are surely one person
    recall: float  # the share of all true pairs that those are thought to be
    sampled: float  # random pairs from which chance agreement is learnt
    sessions: Sequence[Keys]  # what the pairs of each training session share
    cut: float


def of_names_and_postcodes(place: str) -> Setup:
    """Return the example's setup for 50,000 historical persons."""
    start = "substr(postcode,1,3)"
    return Setup(
        rules=[("substr(first_name,1,3)", "substr(surname,1,4)"), ("surname", "born"), ("first_name", "born"),
               ("postcode", "first_name"), ("postcode", "surname"), ("born", place), (start, "born"),
               (start, "first_name"), (start, "surname"),
               ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(born,1,4)")],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            _exact("place"),
            _exact("occupation"),
        ],
        sure=[("first_name", "surname", "born"), ("substr(first_name,1,2)", "surname", "substr(postcode,1,2)"),
              ("born", "postcode")],
        recall=0.6, sampled=1e7, sessions=[("first_name", "surname"), ("born",)], cut=0.95,
    )  # fmt: skip


def of_febrl3() -> Setup:
    """Return the example's setup for FEBRL's third set; it names no cut for clusters."""
    return Setup(
        rules=[("number",), ("first_name",), ("surname",), ("born",), ("postcode",)],
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("number", [2]),
            _exact("street_number"),
            _exact("postcode"),
        ],
        sure=[("number",), ("first_name", "surname", "born"), f"{TURNED} and l.born = r.born"],
        recall=0.9, sampled=1e6, sessions=[("born",), ("postcode",)], cut=0.8,
    )  # fmt: skip


def of_febrl4() -> Setup:
    """Return the example's detailed model for FEBRL's fourth set, without blocks on a state: it is not handed on."""
    return Setup(
        rules=[("first_name", "surname"), TURNED, ("born",), ("number",), ("street",), ("postcode",)],
        comparisons=[
            _name("first_name"),
            _name("surname"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
            _exact("street_number"),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        sure=[("number",), ("first_name", "surname", "born")],
        recall=0.8, sampled=1e6, sessions=[("born",), ("postcode",)], cut=0.5,
    )  # fmt: skip


def of_names_and_birth() -> Setup:
    """Return a setup for names and a date of birth with one error in a record: two of the parts agree exactly."""
    year, day = "substr(born,1,4)", "substr(born,6,5)"
    return Setup(
        rules=[("first_name", "surname"), ("born",), ("first_name", year), ("surname", year), ("first_name", day),
               ("surname", day)],
        comparisons=[_name("first_name"), _name("surname"), cl.DamerauLevenshteinAtThresholds("born", [1, 2])],
        sure=[("first_name", "born"), ("surname", "born")],
        recall=0.8, sampled=1e7, sessions=[("born",), ("surname",)], cut=0.8,
    )  # fmt: skip


def of_deaths() -> Setup:
    """Return a setup for lists of deaths, which say who died when, where and how old."""
    days = "datediff('day', try_cast({} as date), try_cast({} as date))"
    near = [f"abs({days.format('died_l', 'died_r')}) <= {most}" for most in (1, 7, 60)]
    ages = "age_l <= age_to_r + {0} and age_r <= age_to_l + {0}"
    return Setup(
        rules=[("first_name", "surname"), ("died", "region"), ("surname", "region"), ("first_name", "region", "month"),
               TURNED, ("died", "surname"), ("died", "first_name"), ("surname", "month")],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
            _levels("died", "died_l is null or died_r is null", ["died_l = died_r", *near]),
            _levels("age", "age_l is null or age_r is null", [ages.format(0), ages.format(1), ages.format(5)]),
            cl.ExactMatch("sex"),
            cl.JaroWinklerAtThresholds("place", [0.9]).configure(term_frequency_adjustments=True),
            _exact("region"),
        ],
        sure=[("first_name", "surname", "died"), ("surname", "died", "place")],
        recall=0.8, sampled=1e7, sessions=[("died",), ("first_name", "surname")], cut=0.5,
    )  # fmt: skip


SETUPS = {
    "historical-50k": lambda: of_names_and_postcodes("place"),
    "persons": lambda: of_names_and_postcodes("place"),
    "febrl3": of_febrl3,
    "febrl4": of_febrl4,
    "rldata10000": of_names_and_birth,
    "us-2013-2017": of_deaths,
}


def run(table: pd.DataFrame, *, case: str, **_: object) -> pd.DataFrame:
    """Link without a label."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    setup, frame = SETUPS[case](), prepared(table)
    lists = sorted(frame.list.unique())
    settings = SettingsCreator(
        link_type="link_only" if len(lists) > 1 else "dedupe_only",
        source_dataset_column_name="list",
        blocking_rules_to_generate_predictions=[_rule(each) for each in setup.rules],
        comparisons=list(setup.comparisons),
    )
    api = DuckDBAPI()
    parts = [part for _, part in frame.groupby("list", sort=True)]
    linker = Linker([api.register(part) for part in parts] if len(lists) > 1 else api.register(frame), settings)
    train(linker, setup)
    return clustered(linker, setup, lists).loc[frame.index]


def prepared(table: pd.DataFrame) -> pd.DataFrame:
    """Return the records with the columns that the examples make before they link."""
    frame = table.drop(columns=["taught", "full_name"], errors="ignore")
    frame["list"] = "list_" + pd.Series(pd.factorize(frame.list)[0], dtype=str)  # Splink makes columns of their names
    frame = frame.assign(unique_id=range(len(table)), both_names=frame.first_name.str.cat(frame.surname, sep=" "))
    if "street" in frame:
        frame["street_number"] = frame.street.str.extract(r"^(\d+)\b", expand=False)
    if "died" in frame:
        frame["month"] = frame.died.str[:7]
    return frame


def train(linker: Linker, setup: Setup) -> None:
    """Estimate the model as the examples do."""
    training = linker.training
    training.estimate_probability_two_random_records_match([_rule(each) for each in setup.sure], recall=setup.recall)
    training.estimate_u_using_random_sampling(max_pairs=setup.sampled)
    for keys in setup.sessions:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*keys), estimate_without_term_frequencies=True
        )


def clustered(linker: Linker, setup: Setup, lists: Sequence[str]) -> pd.DataFrame:
    """Return the clusters at the cut; of lists that hold nobody twice a cluster takes the best record each."""
    scored = linker.inference.predict(threshold_match_probability=0.2)
    if len(lists) > 1:
        cut = linker.clustering.cluster_using_single_best_links(
            scored, duplicate_free_datasets=list(lists), threshold_match_probability=setup.cut
        )
    else:
        cut = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold_match_probability=setup.cut)
    found = cut.as_pandas_dataframe().set_index("unique_id")
    return pd.DataFrame({"cluster": pd.factorize(found.cluster_id)[0]}, index=found.index)


def _rule(keys: Keys | str) -> Any:
    return keys if isinstance(keys, str) else block_on(*keys)


def _exact(column: str) -> Any:
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def _name(column: str) -> Any:
    return cl.NameComparison(column).configure(term_frequency_adjustments=True)


def _levels(column: str, missing: str, levels: Sequence[str]) -> Any:
    """Return a comparison of levels written in SQL, the nearest first."""
    missed = cll.CustomLevel(missing, "not stated").configure(is_null_level=True)
    near = [cll.CustomLevel(sql, f"level {number}") for number, sql in enumerate(levels)]
    return cl.CustomComparison(
        output_column_name=column, comparison_levels=[missed, *near, cll.ElseLevel()], comparison_description=column
    )

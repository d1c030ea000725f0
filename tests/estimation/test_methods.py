"""Graph averaging, stepwise, log-linear and the bound against figures published or computed elsewhere.

Each figure names the R package that printed it (dga, SparseMSE, Rcapture) on the published table it names; the closed
form for one class is a formula. Tables with their sources are in ``shared/reference/mse``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import betaln, gammaln, logsumexp

from cenotaph.errors import NotEstimable
from cenotaph.estimation import Distribution, Table, tabulate
from cenotaph.estimation.cellspace import full_cells
from cenotaph.estimation.chao import chao
from cenotaph.estimation.chapman import chapman, largest_pair
from cenotaph.estimation.dga import average, dga
from cenotaph.estimation.existence import exists, identifiable
from cenotaph.estimation.graphs import cliques, decomposable
from cenotaph.estimation.loglinear import hierarchical, loglinear, wald
from cenotaph.estimation.stepwise import Space, fit_pairs, stepwise

Published = Callable[[str], Table]


@pytest.mark.parametrize(("lists", "count"), [(2, 2), (3, 8), (4, 61), (5, 822)])
def test_the_decomposable_graphs_are_counted(lists: int, count: int) -> None:
    """There are as many as graph theory says."""
    assert len(decomposable(lists)[0]) == count


def test_a_square_is_not_decomposable() -> None:
    """Four lists in a ring without a chord are left out."""
    assert frozenset({(0, 1), (1, 2), (2, 3), (0, 3)}) not in decomposable(4)[0]
    assert cliques(3, frozenset({(0, 1), (1, 2)})) == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("name", "delta", "most", "mean", "sd", "quantiles", "saturated"),
    [
        ("MadiganYork_spina5", 0.5, 300, 617.82, 17.26, (588, 606, 616, 628, 655), 0.0),
        ("MadiganYork_3", 1.0, 300, 733.72, 30.25, (682, 715, 732, 751, 798), 0.0363),
        ("NewOrl_5", 1 / 32, 5550, 936.27, 332.11, (511, 716, 869, 1075, 1762), 0.0),
        ("Western", 1 / 32, 10350, 2253.96, 679.93, (1343, 1805, 2133, 2554, 3871), 0.0),
        ("Australia", 1 / 16, 12420, 2712.90, 1561.27, (1189, 1750, 2253, 3089, 7309), 0.0),
        ("Rcapture_HIV", 1 / 16, 56880, 11357.13, 1195.48, (9404, 10531, 11220, 12029, 14095), 0.0),
        ("Rcapture_lesbian", 1 / 16, 65550, 5147.33, 288.52, (4635, 4949, 5131, 5326, 5749), 0.0),
        ("Artificial_3", 1 / 8, 2880, 450.11, 443.47, (98, 227, 319, 473, 1970), 0.1774),
        ("kosovo", 1.0, 132000, 4829.46, 847.66, (4408, 4488, 4617, 4852, 6860), 0.9759),
        ("kosovo", 0.5, 132000, 11030.73, 2205.70, (4500, 10382, 11323, 12287, 14486), 0.0611),
        ("kosovo", 1 / 16, 132000, 12749.35, 1715.20, (9827, 11601, 12595, 13747, 16544), 0.0),
        ("UKdat_5", 1 / 32, 41160, 21270.08, 7150.66, (10387, 12671, 22987, 26485, 33463), 0.0),
    ],
)
def test_graph_averaging_gives_the_reference_digits(
    published: Published,
    name: str,
    delta: float,
    most: int,
    mean: float,
    sd: float,
    quantiles: tuple[int, ...],
    saturated: float,
) -> None:
    """On the reference's grid, saturated graph included, every printed digit agrees with R's dga."""
    table = published(name)
    found = average(table, np.arange(1, most + 1), delta=delta, saturated=True)
    total = Distribution("dga", table.people + found.unseen.astype(np.float64), found.mass)
    assert total.mean == pytest.approx(mean, abs=0.006)
    assert total.sd == pytest.approx(sd, abs=0.006)
    assert tuple(total.quantile(share) for share in (0.025, 0.25, 0.5, 0.75, 0.975)) == quantiles
    assert found.saturated == pytest.approx(saturated, abs=6e-5)


def test_the_likeliest_graph_of_kosovo_is_the_references(published: Published) -> None:
    """Cliques EXH-ABA-OSCE and EXH-OSCE-HRW have the probability 0.9855 that R's dga gives them."""
    found = average(published("kosovo"), np.arange(1, 132_001), delta=1 / 16, saturated=True)
    assert found.graphs.max() == pytest.approx(0.9855, abs=6e-5)


def test_another_prior_of_the_total_gives_the_reference_digits(published: Published) -> None:
    """Madigan and York's three lists under their gamma-Poisson prior (13.14, 55.17), as R's dga has it."""
    table, unseen = published("MadiganYork_3"), np.arange(1, 301)
    total = table.people + unseen
    shape, rate = 13.14, 1 / 55.17
    log_prior = gammaln(total + shape) - gammaln(total + 1.0) - total * np.log1p(rate)
    found = average(table, unseen, delta=1.0, saturated=True, log_prior=log_prior)
    told = Distribution("dga", total.astype(np.float64), found.mass)
    assert told.mean == pytest.approx(733.45, abs=0.006)
    assert told.sd == pytest.approx(29.59, abs=0.006)
    assert tuple(told.quantile(share) for share in (0.025, 0.25, 0.5, 0.75, 0.975)) == (682, 715, 731, 750, 797)
    assert found.saturated == pytest.approx(0.0345, abs=6e-5)


def test_one_class_has_the_closed_form_of_the_reference(published: Published) -> None:
    """Independence, p(N) ~ 1/N: mean 7,389.803, deviation 129.426 and quantiles 7,143/7,387/7,650 on Kosovo."""
    table, unseen = published("kosovo"), np.arange(0, 6001)
    total = table.people + unseen
    log = gammaln(total) - gammaln(unseen + 1.0)
    log = log + np.sum([betaln(1.0 + c, 1.0 + total - c) for c in table.totals], axis=0)
    mass = np.exp(log - logsumexp(log))
    exact = Distribution("one class", total.astype(np.float64), mass)
    assert exact.mean == pytest.approx(7389.803, abs=6e-4)
    assert exact.sd == pytest.approx(129.426, abs=6e-4)
    assert [exact.quantile(share) for share in (0.025, 0.5, 0.975)] == [7143, 7387, 7650]


@pytest.mark.parametrize(
    ("name", "terms", "point"),
    [
        ("kosovo", (), 7394.6),  # Rcapture closedp.t, Mt
        ("Rcapture_HIV", (), 11124.6),  # the same
        ("Rcapture_hare", (), 75.1),  # the same
        ("kosovo", ("EXH:ABA", "EXH:OSCE", "EXH:HRW", "ABA:OSCE", "OSCE:HRW"), 14341.7),  # closedpMS.t, BIC 225.21
    ],
)
def test_log_linear_models_give_the_reference_digits(
    published: Published, name: str, terms: tuple[str, ...], point: float
) -> None:
    """Main effects and the pairs named, fitted to the printed digit of R's Rcapture."""
    table = published(name)
    space = Space(*full_cells(table))
    pairs = tuple(tuple(sorted(table.names.index(part) for part in term.split(":"))) for term in terms)
    assert wald(table.people, fit_pairs(space, space.counts, pairs).fit)[0] == pytest.approx(point, abs=0.06)


def test_the_growing_grid_agrees_with_the_full_one(published: Published) -> None:
    """A geometric grid that stops where the tail is empty gives the same distribution within a hundredth."""
    found = dga(published("kosovo"))
    assert found.mean == pytest.approx(12749.35, rel=0.002)
    assert found.interval == pytest.approx((9827, 16544), rel=0.01)
    assert found.details["saturated"] < 1e-4
    assert sorted(map(sorted, found.details["top_graph"])) == [["ABA", "EXH", "OSCE"], ["EXH", "HRW", "OSCE"]]


def test_graph_averaging_says_when_there_are_too_many_lists(published: Published) -> None:
    """Beyond six lists it is withheld."""
    with pytest.raises(NotEstimable, match="2 to 6 lists"):
        dga(published("NewOrl"))


@pytest.mark.parametrize(
    ("name", "threshold", "low", "point", "high", "terms"),
    [
        ("UKdat", 0.02, 9977.3, 11418.0, 13145.7, 7),
        ("UKdat", 0.002, 10864.1, 12349.6, 14106.8, 6),
        ("UKdat_5", 0.02, 9884.4, 11313.0, 13027.4, 6),
        ("UKdat_5", 0.002, 10785.5, 12262.4, 14010.5, 5),
        ("Ned", 0.02, 92439.9, 111139.4, 133991.5, 8),
        ("Ned", 0.002, 101115.8, 121529.6, 146430.0, 6),
        ("Ned_5", 0.02, 98675.4, 121521.6, 150138.9, 6),
        ("NewOrl", 0.02, 720.9, 1183.7, 2046.1, 1),
        ("NewOrl", 0.002, 644.9, 996.7, 1617.5, 0),
        ("NewOrl_5", 0.02, 658.3, 1034.2, 1708.6, 0),
        ("Western", 0.02, 1657.1, 2483.4, 3830.0, 1),
        ("kosovo", 0.02, 12541.3, 14341.7, 16540.2, 5),
        ("kosovo", 0.002, 12541.3, 14341.7, 16540.2, 5),
        ("Ned_5", 0.002, 98675.4, 121521.6, 150138.9, 6),
        ("NewOrl_5", 0.002, 658.3, 1034.2, 1708.6, 0),
        ("Western", 0.002, 1657.1, 2483.4, 3830.0, 1),
        ("Australia", 0.002, 2882.1, 6496.0, 15401.4, 3),
        ("Rcapture_HIV", 0.002, 9519.5, 11124.6, 13067.5, 0),
        ("Australia", 0.02, 2882.1, 6496.0, 15401.4, 3),
        ("Rcapture_HIV", 0.02, 9519.5, 11124.6, 13067.5, 0),
        ("Rcapture_lesbian", 0.02, 4838.6, 5350.5, 5961.2, 4),
        ("Rcapture_lesbian", 0.002, 3976.5, 4211.5, 4477.2, 1),
    ],
)
def test_stepwise_gives_the_reference_digits(
    published: Published, name: str, threshold: float, low: float, point: float, high: float, terms: int
) -> None:
    """Points, Wald intervals and the number of pairs agree with R's SparseMSE to the printed digits."""
    found = stepwise(published(name), threshold=threshold)
    assert found.point == pytest.approx(point, abs=0.06)
    assert found.interval == pytest.approx((low, high), abs=0.06)
    assert len(found.details["terms"]) == terms


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("UKdat", "PF:NCA LA:NG NG:GP LA:PF PF:GP GO:GP NG:GO"),
        ("UKdat_5", "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"),
        ("NewOrl", "D:E"),
        ("Western", "A:E"),
        ("kosovo", "ABA:OSCE OSCE:HRW EXH:OSCE EXH:ABA EXH:HRW"),
        ("Australia", "B:C B:D A:B"),
        ("Rcapture_lesbian", "A:D C:D B:D B:C"),
    ],
)
def test_stepwise_takes_pairs_in_the_order_of_the_reference(published: Published, name: str, terms: str) -> None:
    """The first pair that surprises is the one R's SparseMSE takes first, and so on."""
    found = stepwise(published(name)).details["terms"]
    assert [set(term.split(":")) for term in found] == [set(term.split(":")) for term in terms.split()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "low", "high", "resamples", "near"),
    [("NewOrl_5", 588.8, 1703.7, 600, 0.12), ("Western", 1293.2, 3672.0, 400, 0.12)],
)
def test_the_bootstrap_interval_is_near_the_references(
    published: Published, name: str, low: float, high: float, resamples: int, near: float
) -> None:
    """Other resamples than R's (seed 1234) give the same ends within their own noise."""
    assert stepwise(published(name), resamples=resamples).interval == pytest.approx((low, high), rel=near)


@pytest.mark.parametrize(("name", "acceleration"), [("NewOrl_5", -0.0552), ("Western", -0.0950), ("kosovo", -0.0042)])
def test_the_bootstrap_has_the_reference_acceleration(published: Published, name: str, acceleration: float) -> None:
    """Its jackknife agrees; its interval holds the point."""
    found = stepwise(published(name), resamples=60)
    assert found.details["acceleration"] == pytest.approx(acceleration, abs=6e-5)
    assert found.interval[0] < found.point < found.interval[1]


def test_a_model_without_a_finite_estimate_is_refused(published: Published) -> None:
    """Three lists of which one pair overlaps: with that pair in the model the total has no upper end."""
    table = published("Artificial_3")
    space = Space(*full_cells(table))
    total, interval = wald(table.people, fit_pairs(space, space.counts, ()).fit)
    assert (total, *interval) == pytest.approx((539.1, 278.7, 1170.9), abs=0.06)
    pair = tuple(sorted((table.names.index("A"), table.names.index("B"))))
    with pytest.raises(NotEstimable, match="not finite"):
        fit_pairs(space, space.counts, (pair,))


def test_existence_is_told_from_a_large_number() -> None:
    """A design whose statistics lie on the boundary has no estimate; the same with people inside has."""
    design = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    assert exists(design, np.array([3.0, 2.0, 0.0]))
    assert not exists(design, np.array([3.0, 0.0, 0.0]))
    assert not identifiable(np.column_stack([design, design[:, 1]]))


def test_hierarchical_models_of_four_lists_are_all_there() -> None:
    """Every graph of pairs with every choice of its triangles."""
    assert len(hierarchical(3)) == 8
    assert len(hierarchical(4)) == 113


def test_the_log_linear_choice_on_kosovo_is_the_published_estimate(published: Published) -> None:
    """The model of lowest BIC gives the 10,356 of the report to the court."""
    found = loglinear(published("kosovo"))
    assert found.point == pytest.approx(10356, abs=1)
    assert found.interval == pytest.approx((9002, 12122), rel=0.003)


def test_independence_alone_is_chosen_where_nothing_speaks_against_it(published: Published) -> None:
    """Four independent-looking lists keep their main effects only."""
    assert loglinear(published("Rcapture_HIV")).point == pytest.approx(11124.6, rel=0.15)


@pytest.mark.parametrize(("name", "bound"), [("kosovo", 8591.2), ("Rcapture_hare", 79.6)])
def test_the_lower_bound_agrees_with_the_reference(published: Published, name: str, bound: float) -> None:
    """Chao's bound agrees with R's Rcapture."""
    found = chao(published(name))
    assert found.lower_bound == pytest.approx(bound, abs=0.06)
    assert found.interval[0] < found.lower_bound < found.interval[1]


def test_the_lower_bound_never_lies_below_the_documented(published: Published) -> None:
    """Tables too wide or too thin to fit take the closed form, which holds the same."""
    for name in ("PH_caloocan_unidentified", "verdata_reclut_H1999_R1", "Artificial_3", "NewOrl"):
        table = published(name)
        assert chao(table).interval[0] >= table.people


def test_chapman_is_the_textbook_figure() -> None:
    """200 and 150 people with 50 in common are estimated at 594."""
    total, (low, high) = chapman(200, 150, 50)
    assert total == pytest.approx(201 * 151 / 51 - 1)
    assert 300 < low < total < high
    assert chapman(10, 10, 10) == (10.0, (10.0, 10.0))


def test_the_largest_pair_is_named() -> None:
    """The two lists that share most are taken, and said."""
    table = tabulate("abc", [[1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [9, 2, 5, 5, 5])
    assert sorted(largest_pair(table).details["lists"]) == ["a", "b"]

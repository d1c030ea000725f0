"""Pictures of an estimate as SVG text: density with the documented count, overlap, one list left out, traces.

Invariant: no interval and no shaded middle is drawn for a sampler that has not settled, only the chains' own densities.
Plain SVG without fonts or scripts of its own, so that it stands in a page, in print, and without a network.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph.estimation.panel import Table
from cenotaph.estimation.result import Estimate, Posterior
from cenotaph.estimation.statement import digits, word
from cenotaph.messages import RIGHT_TO_LEFT

Floats = NDArray[np.float64]
WIDE, HIGH, EDGE, CAPTION = 640, 260, 46, 34
_INK, _PALE, _MARK, _GRID = "#333", "#b9c4cf", "#b3261e", "#ddd"
_CHAINS = ("#4c6a88", "#b07d3b", "#5f8a5b", "#8a5f86", "#777", "#a04848", "#3f8a8a", "#888a3f")


def pictures(found: Estimate, table: Table, language: str = "en") -> dict[str, str]:
    """Return the pictures that belong to an estimate, by name; a refused one before any computation has its overlap.

    ``left-out`` needs an estimate made with its checks.
    """

    def said(key: str, **facts: object) -> str:
        return _run(word("picture", key, language, **facts), language)

    drawn = {"overlap": overlap(table, title=said("overlap"), language=language)} if table.people else {}
    lead = found.methods.get(found.lead)
    if not isinstance(lead, Posterior):
        return drawn
    about = said("density" if lead.settled else "chains")
    drawn["density"] = density(lead, found.documented, title=about, observed=said("observed"), language=language)
    drawn["trace"] = trace(lead, title=said("trace"), language=language)
    rows = found.checks.get("sensitivity", {}).get("without", [])
    if rows:
        named = [{**row, "change": said("without", change=row["change"])} for row in rows]
        names = {"everything": said("everything"), "silence": said("silent")}
        drawn["left-out"] = left_out(named, lead, title=said("left_out"), language=language, **names)
    return drawn


def _run(text: str, language: str) -> str:
    """Set words apart so that they run in the direction of their language; pictures themselves run from the left."""
    return f"\u2067{text}\u2069" if language in RIGHT_TO_LEFT else text


def density(found: Posterior, documented: int, *, title: str, observed: str, language: str = "en") -> str:
    """Draw the distribution of the total with a line at the documented count; chain by chain if they disagree."""
    low, high = np.quantile(found.draws, [0.002, 0.998])
    grid = np.linspace(min(documented, low), high, 200)
    lines = [found.draws.ravel()] if found.settled else list(found.draws)
    heights = [_smooth(one, grid) for one in lines]
    top = max(float(height.max()) for height in heights)
    across = _scale(float(grid[0]), float(grid[-1]), EDGE, WIDE - 12)
    up = _scale(0.0, top * 1.08, HIGH - EDGE, 14)
    parts = [_axis(grid, across)]
    if found.settled:
        parts.append(_shade(grid, heights[0], found.interval, across, up))
    for height, colour in zip(heights, _CHAINS, strict=False):
        points = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in zip(grid, height, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
    parts.append(_mark(across(documented), f"{observed} {digits(f'{documented:,}', language)}"))
    return _svg(title, parts, language=language)


def overlap(table: Table, *, title: str, most: int = 24, language: str = "en") -> str:
    """Draw who shares whom: the largest patterns as columns of dots under bars of their counts."""
    order = np.argsort(-table.counts, kind="stable")[:most]
    lists = len(table.names)
    height = HIGH + 20 * lists
    step = (WIDE - 150) / max(len(order), 1)
    up = _scale(0.0, float(table.counts.max()), HIGH - 40, 24)
    parts = [_names(table)]
    for place, cell in enumerate(order.tolist()):
        x, count = 140 + step * (place + 0.5), int(table.counts[cell])
        parts.append(
            f'<rect x="{x - step * 0.35:.1f}" y="{up(count):.1f}" width="{step * 0.7:.1f}" '
            f'height="{HIGH - 40 - up(count):.1f}" fill="{_CHAINS[0]}"/>'
            f'<text x="{x:.1f}" y="{up(count) - 4:.1f}" font-size="9" text-anchor="middle">{count:,}</text>'
        )
        parts += [_dot(x, HIGH - 18 + 20 * j, table.patterns[cell, j] == 1) for j in range(lists)]
    return _svg(title, parts, height=height, language=language)


def left_out(
    rows: Sequence[Mapping[str, Any]],
    whole: Posterior,
    *,
    title: str,
    everything: str = "all",
    silence: str = "–",
    language: str = "en",
) -> str:
    """Draw the interval without each list under that of all lists; a variant that has not settled is only named."""
    bars = [(everything, whole.interval, whole.median)] if whole.settled else []
    bars += [(str(row["change"]), tuple(row["interval"]), float(row["median"])) for row in rows if "interval" in row]
    silent = [str(row["change"]) for row in rows if "interval" not in row]
    ends = [edge for _, interval, _ in bars for edge in interval] or [0.0, 1.0]
    across = _scale(min(ends), max(ends), 170, WIDE - 20)
    parts = [_bar(k, name, interval, middle, across) for k, (name, interval, middle) in enumerate(bars)]
    parts += [_label(len(bars) + k, _run(f"{name}: {silence}", language)) for k, name in enumerate(silent)]
    parts.append(_axis(np.array([min(ends), max(ends)]), across, y=60 + 22 * (len(bars) + len(silent))))
    return _svg(title, parts, height=90 + 22 * (len(bars) + len(silent)), language=language)


def trace(found: Posterior, *, title: str, points: int = 300, language: str = "en") -> str:
    """Draw the path of each chain."""
    low, high = np.quantile(found.draws, [0.001, 0.999])
    up = _scale(float(low), float(high), HIGH - EDGE, 14)
    across = _scale(0.0, float(points - 1), EDGE, WIDE - 12)
    parts = []
    for chain, colour in zip(found.draws, _CHAINS, strict=False):
        shown = chain[np.linspace(0, chain.size - 1, points).astype(np.int64)].clip(low, high)
        path = " ".join(f"{across(i):.1f},{up(y):.1f}" for i, y in enumerate(shown))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="0.7"/>')
    parts += [f'<text x="4" y="{up(edge):.1f}" font-size="10">{edge:,.0f}</text>' for edge in (float(low), float(high))]
    return _svg(title, parts, language=language)


class _scale:  # noqa: N801 - reads as a function of one number
    """A linear map from figures to pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.start = low, start
        self.rate = (end - start) / (high - low) if high > low else 0.0

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) * self.rate


def _smooth(draws: Floats, grid: Floats) -> Floats:
    """Return a kernel density, from a fine histogram so that many draws cost little."""
    width = max(0.9 * float(draws.std()) * draws.size**-0.2, (grid[-1] - grid[0]) / 400, 1e-9)
    count, edges = np.histogram(draws, 400)
    middle = (edges[1:] + edges[:-1]) / 2
    found = np.exp(-0.5 * ((grid[:, None] - middle) / width) ** 2) @ count
    return np.asarray(found / (draws.size * width * np.sqrt(2 * np.pi)), np.float64)


def _shade(grid: Floats, height: Floats, interval: tuple[float, float], across: _scale, up: _scale) -> str:
    inside = (grid >= interval[0]) & (grid <= interval[1])
    points = [f"{across(x):.1f},{up(y):.1f}" for x, y in zip(grid[inside], height[inside], strict=True)]
    if not points:
        return ""
    ends = f"{across(grid[inside][-1]):.1f},{up(0):.1f} {across(grid[inside][0]):.1f},{up(0):.1f}"
    return f'<polygon points="{" ".join(points)} {ends}" fill="{_PALE}"/>'


def _axis(grid: Floats, across: _scale, *, y: float = HIGH - EDGE) -> str:
    """Draw round figures below a line."""
    low, high = float(grid[0]), float(grid[-1])
    step = 10 ** np.floor(np.log10(max(high - low, 1.0)))
    step = step / 2 if (high - low) / step < 4 else step
    ticks = np.arange(np.ceil(low / step) * step, high + step / 2, step)
    marks = [
        f'<text x="{across(t):.1f}" y="{y + 18:.1f}" font-size="11" text-anchor="middle">{t:,.0f}</text>' for t in ticks
    ]
    return f'<line x1="{EDGE}" x2="{WIDE - 12}" y1="{y}" y2="{y}" stroke="{_GRID}"/>' + "".join(marks)


def _mark(x: float, text: str) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{HIGH - EDGE}" stroke="{_MARK}" stroke-width="1.4"/>'
        f'<text x="{x + 5:.1f}" y="24" font-size="11" fill="{_MARK}">{html.escape(text)}</text>'
    )


def _names(table: Table) -> str:
    rows = zip(table.names, table.totals.tolist(), strict=True)
    return "".join(_label(0, name, y=HIGH - 14 + 20 * j, figure=f"{total:,}") for j, (name, total) in enumerate(rows))


def _label(row: int, text: str, *, y: float | None = None, figure: str = "") -> str:
    end = f" (<tspan>{figure}</tspan>)" if figure else ""
    y = 46 + 22 * row if y is None else y
    return f'<text x="8" y="{y:.1f}" font-size="11" class="name">{html.escape(text)}{end}</text>'


def _dot(x: float, y: float, filled: bool) -> str:  # noqa: FBT001 - a mark of the picture
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_INK if filled else _GRID}"/>'


def _bar(row: int, name: str, interval: tuple[float, ...], middle: float, across: _scale) -> str:
    y = 42 + 22 * row
    return _label(row, name) + (
        f'<line x1="{across(interval[0]):.1f}" x2="{across(interval[1]):.1f}" y1="{y}" y2="{y}" '
        f'stroke="{_CHAINS[0]}" stroke-width="3"/><circle cx="{across(middle):.1f}" cy="{y}" r="4" fill="{_INK}"/>'
    )


def _svg(title: str, parts: Sequence[str], *, height: float = HIGH, language: str = "en") -> str:
    body = re.sub(
        r'(?<!name")>([0-9,]+)<', lambda found: digits(found[0], language), "".join(parts)
    )  # figures, never names
    told = html.escape(title, quote=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height + CAPTION:.0f}" role="img" '
        f'direction="ltr" font-family="Vazirmatn, sans-serif" fill="{_INK}"><title>{told}</title>{body}'
        f'<text x="{WIDE / 2:.0f}" y="{height + CAPTION - 12:.0f}" font-size="12" text-anchor="middle">{told}</text>'
        "</svg>\n"
    )

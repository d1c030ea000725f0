"""Cenotaph: one sourced register of the dead and disappeared.

The public names, loaded when they are first used: ``import cenotaph`` is instant, and comparing two dates needs no
sampler.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cenotaph._version import __version__

if TYPE_CHECKING:
    from cenotaph.estimation import estimate
    from cenotaph.linkage import evaluate, link
    from cenotaph.pipeline import build
    from cenotaph.pipeline.checking import verify
    from cenotaph.pipeline.searching import search
    from cenotaph.values import compare, date

_HOME = {
    "build": "cenotaph.pipeline",
    "compare": "cenotaph.values",
    "date": "cenotaph.values",
    "estimate": "cenotaph.estimation",
    "evaluate": "cenotaph.linkage",
    "link": "cenotaph.linkage",
    "search": "cenotaph.pipeline.searching",
    "verify": "cenotaph.pipeline.checking",
}

__all__ = ["__version__", "build", "compare", "date", "estimate", "evaluate", "link", "search", "verify"]


def __getattr__(name: str) -> Any:
    """Load a public name from its room."""
    if name not in _HOME:
        raise AttributeError(f"module 'cenotaph' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__

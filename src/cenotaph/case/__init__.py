"""The case: ``cenotaph.toml`` and the ledger, folded into frozen facts."""

from __future__ import annotations

from cenotaph.case.fold import ABOUT_ACTOR, VISIBILITIES, Consent, Decided, Reading, Release
from cenotaph.case.samples import ABOUT_SAMPLE, ASKED, last_number
from cenotaph.case.whole import FOLDERS, LEDGER, Case

__all__ = [
    "ABOUT_ACTOR",
    "ABOUT_SAMPLE",
    "ASKED",
    "FOLDERS",
    "LEDGER",
    "VISIBILITIES",
    "Case",
    "Consent",
    "Decided",
    "Reading",
    "Release",
    "last_number",
]

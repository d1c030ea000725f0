"""The case: ``cenotaph.toml`` and the ledger, folded into frozen facts."""

from __future__ import annotations

from cenotaph.case.fold import ABOUT_ACTOR, VISIBILITIES, Consent, Decided, Reading, Release
from cenotaph.case.whole import FOLDERS, LEDGER, Case

__all__ = ["ABOUT_ACTOR", "FOLDERS", "LEDGER", "VISIBILITIES", "Case", "Consent", "Decided", "Reading", "Release"]

"""What people did, append-only and hash-chained. The only room that opens the database."""

from __future__ import annotations

from cenotaph.ledger.canon import canonical, digest
from cenotaph.ledger.entries import KINDS, Draft, Entry
from cenotaph.ledger.ids import is_public_id, public_id
from cenotaph.ledger.store import Ledger

__all__ = ["KINDS", "Draft", "Entry", "Ledger", "canonical", "digest", "is_public_id", "public_id"]

"""What people did, append-only and hash-chained. The only room that opens the database."""

from __future__ import annotations

from cenotaph.ledger.canon import canonical, digest
from cenotaph.ledger.entries import KINDS, Draft, Entry
from cenotaph.ledger.ids import is_public_id, public_id
from cenotaph.ledger.store import Ledger
from cenotaph.ledger.verify import Head, Verification, verify_chain
from cenotaph.ledger.walk import Fault

__all__ = [
    "KINDS",
    "Draft",
    "Entry",
    "Fault",
    "Head",
    "Ledger",
    "Verification",
    "canonical",
    "digest",
    "is_public_id",
    "public_id",
    "verify_chain",
]

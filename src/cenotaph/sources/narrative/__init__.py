"""Texts as sources: an article, a report, a testimony; their words derived, and the places that people mark in them."""

from __future__ import annotations

from cenotaph.sources.narrative.kept import document_of
from cenotaph.sources.narrative.locate import Mark, find, folded, places
from cenotaph.sources.narrative.records import KINDS, PERSON, check_passages, latest_source, read_narratives
from cenotaph.sources.readers.documents import Document, digest_of, read_document

__all__ = [
    "KINDS",
    "PERSON",
    "Document",
    "Mark",
    "check_passages",
    "digest_of",
    "document_of",
    "find",
    "folded",
    "latest_source",
    "places",
    "read_document",
    "read_narratives",
]

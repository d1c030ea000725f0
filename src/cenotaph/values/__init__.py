"""Values: what is written, and what it means. Pure: tables in `data/`, no other input or output."""

from cenotaph.values.ages import Age, age, birth_interval
from cenotaph.values.codes import code
from cenotaph.values.dates import date
from cenotaph.values.flattening import Flattening, flattening
from cenotaph.values.folding import fold
from cenotaph.values.names import Comparison, compare
from cenotaph.values.partial_date import PartialDate, Reading, day_bounds, gap_days, overlap
from cenotaph.values.places import Place, place
from cenotaph.values.properties import PROPERTIES, Property, is_known, property_of
from cenotaph.values.skeleton import search_keys
from cenotaph.values.terms import Term, TermKind, term
from cenotaph.values.tokens import is_unknown_name, script_of

__all__ = [
    "PROPERTIES",
    "Age",
    "Comparison",
    "Flattening",
    "PartialDate",
    "Place",
    "Property",
    "Reading",
    "Term",
    "TermKind",
    "age",
    "birth_interval",
    "code",
    "compare",
    "date",
    "day_bounds",
    "flattening",
    "fold",
    "gap_days",
    "is_known",
    "is_unknown_name",
    "overlap",
    "place",
    "property_of",
    "script_of",
    "search_keys",
    "term",
]

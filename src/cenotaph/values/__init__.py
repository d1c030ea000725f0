"""Values: what is written, and what it means. Pure: tables in `data/`, no other input or output."""

from cenotaph.values.ages import Age, age, birth_interval
from cenotaph.values.codes import code
from cenotaph.values.dates import Flattening, PartialDate, Reading, date, flattening, gap_days, overlap
from cenotaph.values.properties import PROPERTIES, Property, is_known, property_of

__all__ = [
    "PROPERTIES", "Age", "Flattening", "PartialDate", "Property", "Reading", "age", "birth_interval", "code", "date",
    "flattening", "gap_days", "is_known", "overlap", "property_of",
]  # fmt: skip

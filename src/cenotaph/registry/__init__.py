"""Records and links become persons: every claim kept, one value shown, status and inclusion by written criteria."""

from cenotaph.registry.criteria import INCLUSION, Criteria, Criterion, load_criteria
from cenotaph.registry.flags import Flag, flags_of
from cenotaph.registry.panel import panel
from cenotaph.registry.persons import Act, Fate, Naming, Person, ReadClaim, Rule, Value
from cenotaph.registry.register import Register, register
from cenotaph.registry.spans import Span, Verdict
from cenotaph.registry.strata import STRATIFY, panels

__all__ = [
    "INCLUSION",
    "STRATIFY",
    "Act",
    "Criteria",
    "Criterion",
    "Fate",
    "Flag",
    "Naming",
    "Person",
    "ReadClaim",
    "Register",
    "Rule",
    "Span",
    "Value",
    "Verdict",
    "flags_of",
    "load_criteria",
    "panel",
    "panels",
    "register",
]

"""Records and links become persons: every claim kept, one value shown, status and inclusion by written criteria."""

from cenotaph.registry.criteria import INCLUSION, Criteria, Criterion, load_criteria
from cenotaph.registry.exposure import Exposure
from cenotaph.registry.flags import Flag, flags_of
from cenotaph.registry.moves import moves, tally
from cenotaph.registry.panel import panel
from cenotaph.registry.persons import Act, Doubt, Fate, Naming, Person, ReadClaim, Rule, Value
from cenotaph.registry.register import Register, register, revise
from cenotaph.registry.spans import Certainty, Span
from cenotaph.registry.surroundings import Surroundings, surroundings
from cenotaph.registry.whereabouts import Whereabouts, whereabouts

__all__ = [
    "INCLUSION",
    "Act",
    "Certainty",
    "Criteria",
    "Criterion",
    "Doubt",
    "Exposure",
    "Fate",
    "Flag",
    "Naming",
    "Person",
    "ReadClaim",
    "Register",
    "Rule",
    "Span",
    "Surroundings",
    "Value",
    "Whereabouts",
    "flags_of",
    "load_criteria",
    "moves",
    "panel",
    "register",
    "revise",
    "surroundings",
    "tally",
    "whereabouts",
]

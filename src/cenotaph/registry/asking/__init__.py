"""Questions to the register: terms in, people out, each with the claims that answer it.

``read`` makes terms of a question, or says which of its words it does not know; ``ask`` answers. Nothing is guessed.
"""

from cenotaph.registry.asking.answer import Answer, Found, ask, judge
from cenotaph.registry.asking.known import Known, known
from cenotaph.registry.asking.reading import read
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.registry.asking.weighing import Ground, weigh

__all__ = ["Answer", "Found", "Ground", "Kind", "Known", "Term", "ask", "judge", "known", "read", "weigh"]

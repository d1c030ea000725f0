"""A labelled sample: which pairs people look at, what their labels say of the links, and how far coders agree.

Invariant: a label measures. Nothing here is given to `link`.
"""

from cenotaph.linkage.sampled.agreement import Agreement, agreement, consensus
from cenotaph.linkage.sampled.draw import EVERY, FAR, FEWEST, STRATA, Drawn, Frame, draw, frame
from cenotaph.linkage.sampled.measure import Accuracy, Part, Share, accuracy
from cenotaph.linkage.sampled.summary import Label, summary

__all__ = [
    "EVERY",
    "FAR",
    "FEWEST",
    "STRATA",
    "Accuracy",
    "Agreement",
    "Drawn",
    "Frame",
    "Label",
    "Part",
    "Share",
    "accuracy",
    "agreement",
    "consensus",
    "draw",
    "frame",
    "summary",
]

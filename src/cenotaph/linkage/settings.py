"""What may be set about linking, with the defaults that hold for any case.

Invariant: nothing here was fitted to a particular list; thresholds are probabilities, sizes are counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How records are linked.

    Attributes
    ----------
    link : float
        Two groups of records become one person when their average evidence gives at least this probability.
    review : float
        Pairs at least this probable that were not linked become questions for a person.
    neighbours : int
        Candidates kept for each record, the most similar first.
    block : int
        Largest block of records compared all with all; larger ones are split by a second and a third key.
    random_pairs : int
        Pairs drawn at random to learn how often strangers agree.
    questions : int
        Doubtful pairs that are kept to ask people about, those whose answer changes most; the others are counted. A
        workbook of the review shows 2,000, so this is ten of them: with a minute each, what twenty people answer in two
        days of eight hours and two people in four weeks.
    link_unnamed : bool
        Link records without a name when day, place and age agree exactly and nobody else has them.
    """

    link: float = 0.5
    review: float = 0.05
    neighbours: int = 40
    block: int = 60
    random_pairs: int = 200_000
    questions: int = 20_000
    link_unnamed: bool = False

    def __post_init__(self) -> None:
        """Refuse thresholds that are no probabilities."""
        if not 0.0 < self.review <= self.link < 1.0:
            raise ConfigError(
                f"link settings: review={self.review}, link={self.link}; give probabilities with 0 < review <= link < 1"
            )
        if self.block < 2 or min(self.neighbours, self.random_pairs, self.questions) < 1:
            raise ConfigError(
                "link settings: neighbours, block, random_pairs and questions must be positive; correct them"
            )

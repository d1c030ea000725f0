"""Weighed pairs become people: verdicts settled, guards against what no weight may join, and agglomeration.

Invariant: no weight of a pair, however high, overrides a verdict, a list that holds nobody twice, or a guard.
"""

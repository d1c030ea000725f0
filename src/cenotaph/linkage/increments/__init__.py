"""Linking that builds on the last run: what is kept of it, what has changed since, and how far it still holds.

Invariant: with what one run learnt, records that come step by step give the same people as all at once; what no longer
holds is learnt anew from the whole.
"""

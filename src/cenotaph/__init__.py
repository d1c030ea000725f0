"""Cenotaph: one sourced register of the dead and disappeared."""

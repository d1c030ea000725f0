"""Which pairs are compared: the atoms that records are found by, the blocks they form, and the search among these.

Here, too, are the pairs beside those that are found (random ones, judged ones) and the graph that pairs make.

Invariant: nothing here knows what agreement is worth; keys, bits and marks come in, pairs and groups go out.
"""

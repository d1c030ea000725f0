"""What agreement is worth: the shares of the Fellegi-Sunter model, how they are learnt, and what corrects them.

The shares are learnt by EM; errors that know of each other, company, triangles and verdicts correct the weights.

Invariant: a weight is log2 odds; the same pairs and the same verdicts give the same weights.
"""

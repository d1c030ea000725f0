"""How two records agree: a level of agreement for each property of each pair, and the pairs already compared.

Invariant: a level follows from two values alone and is found once for each two distinct values; what it is worth is
not asked here.
"""

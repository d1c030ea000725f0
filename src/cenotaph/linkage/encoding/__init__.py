"""Records become numbers: each property is dictionary-encoded, and each distinct value is parsed once.

Names, dates, places, ages, codes and texts get the columns that candidates and comparison read, with the bits that each
value tells. No pair of records is known here.

Invariant: what a column says follows from the records and the facts about lists, whatever the order of rows.
"""

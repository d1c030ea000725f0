"""The printed exhibition: panels for a stand in the street, handouts, and what the people at the stand need.

The door is ``make_exhibition``. It meets people as the guard made them, and every number on a sheet is counted here
from those people, from the estimate, or stands in a text that names its source.
"""

from cenotaph.publishing.exhibition.making import make_exhibition

__all__ = ["make_exhibition"]

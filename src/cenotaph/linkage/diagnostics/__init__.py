"""What can be asked of finished links: recall and error against a truth, calibration, doubt, and what hangs on what.

Invariant: links are read and drawn anew, never changed; nothing that links records imports this.
"""

"""The tools people use today, each set up as its own documents do; see `__main__`."""

"""The memorial as static pages: nothing runs on a server, nothing is asked of a third party, no page needs a script."""

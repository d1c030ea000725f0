"""What the command line settles before numpy is loaded (`cenotaph.cli.main`): import this first to measure the same."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

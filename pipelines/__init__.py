"""WHEN and WHERE: the only Dagster, the only writer. Files in, releases out."""

import os

# Our matrices are small: a pool of threads for each costs seconds a night where two cores are shared.
# It is read when numpy is first loaded, so it stands before any other import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

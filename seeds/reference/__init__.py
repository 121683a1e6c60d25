"""Code tables of the field and conventions of the trust, as CSV files; ``seeds/FILES.csv`` says where each is from.

No code: the files are read with ``importlib.resources``.
"""

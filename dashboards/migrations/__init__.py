"""The journal's schema, step by step: one file a step in ``versions``, run by ``dashboards/journal.py``."""

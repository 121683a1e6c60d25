"""The pages, one file per role and noun. Each takes a ``Visit`` and shows it; words and numbers come ready made."""

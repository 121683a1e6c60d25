"""When and where the night runs: the only Dagster, the only writer."""

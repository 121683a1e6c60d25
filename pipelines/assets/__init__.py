"""Dagster assets, one file a subject. An asset is named as its table, in three to six lines."""

"""What every table must be: declarations, checks and their derivations. No files, no database, no Dagster."""

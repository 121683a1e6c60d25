"""How the numbers are made: frames in, frames out. No paths, no database, no Dagster."""

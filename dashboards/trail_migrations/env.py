"""How alembic runs a step of the trail, as in ``dashboards/migrations``; with a list of its own of what was run."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="trail_version")
with context.begin_transaction():
    context.run_migrations()

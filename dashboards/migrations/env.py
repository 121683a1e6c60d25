"""How alembic runs a step: over the one connection, and in the one transaction, that the journal hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()

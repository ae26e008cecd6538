"""The migrations, in their order; run by ``store.schema`` alone."""

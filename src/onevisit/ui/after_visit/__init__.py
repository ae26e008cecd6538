"""送达回访: what follows a visit: service, promises and calls, evaluations."""

"""The use cases: one module for each thing a person does; each owns its transaction and returns frozen values."""

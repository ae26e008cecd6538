"""名录: the unit's own lists and rules, read by the hall and kept by the administrator."""

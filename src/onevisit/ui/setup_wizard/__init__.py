"""First start: practice or in earnest, the unit, the administrator, the recovery code typed back."""

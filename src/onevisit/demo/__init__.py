"""The demonstration: a file of visits driven through the real window, with slips, pictures and a summary."""

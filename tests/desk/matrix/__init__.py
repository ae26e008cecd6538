"""The tables of the permission matrix, one module for each part of the house: ``USE_CASES`` and ``NO_USE_CASES``."""

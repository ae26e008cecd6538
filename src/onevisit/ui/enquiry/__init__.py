"""来访人版本: what a petitioner may read of a matter, as a section of it and by query code."""

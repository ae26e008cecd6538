"""去向: the route assistant as a page, and the route of a matter as one of its sections."""

"""统计: the figures of a span, drawn, each with the rows behind it."""

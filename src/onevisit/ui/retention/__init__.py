"""到期清理: what is past its retention, the lists that were proposed, and what became of them."""

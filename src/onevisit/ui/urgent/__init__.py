"""The report of an urgent matter (article 25): a section of the matter's page, and a page of its own."""

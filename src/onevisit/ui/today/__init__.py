"""Today: who came, who waits, whose slip is still to be printed."""

"""What is done to the data while nobody is logged in: bringing a backup back, saving what is readable."""

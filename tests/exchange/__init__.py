"""Exchange: what other programs make of our files, and what comes back."""

"""Who may do what, and what happens to those who try without."""

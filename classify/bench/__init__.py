"""`govbrief bench classify`: ours, scikit-learn and Annif on equal splits, in one run."""

"""Teaching: a classifier made better by published labels and corrections, its effect shown beforehand."""

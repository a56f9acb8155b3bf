"""A linear classifier over hashed n-grams: small, fast, no vocabulary and no pickle."""

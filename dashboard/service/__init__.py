"""The page of requests: each one as a chain from need to outcome, and the figures of a year."""

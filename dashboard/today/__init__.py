"""The first page: what is told to this reader, in which order, and why."""

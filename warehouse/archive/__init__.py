"""The archive: every byte that was fetched, as WARC 1.1 files that any archive tool can read."""

"""The crawl state: frontier, captures, extraction marks, runs and what each source told us to respect."""

"""Extractive summaries: the document's own headings, else its most central sentences; numpy alone."""

"""Signed issues of reports: sign-off, numbers, kept files, notices, distribution and what readers say."""

"""Issuing of reports: sign-off, release of files, open points, distribution, pages of signed issues."""

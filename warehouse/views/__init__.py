"""The SQL that fills a publication, one question a file."""

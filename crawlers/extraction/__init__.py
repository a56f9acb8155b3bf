"""From recorded bytes to documents, lists and attachment texts; nothing here opens a connection."""

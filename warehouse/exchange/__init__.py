"""Published documents in the forms that other programs read: tables for counting, references for citing."""

"""References as people print them: styles, marks in the text, numbers that keep themselves."""

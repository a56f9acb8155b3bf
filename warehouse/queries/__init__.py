"""Questions about a publication, one module a subject; values reach SQL as parameters, answers bounded."""

"""Measurements of what classification says, on data that lie beside the code; figures with their sample."""

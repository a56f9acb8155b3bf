"""Three sites that nobody had seen while the readers of their platforms were written."""

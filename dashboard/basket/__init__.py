"""The evidence basket on pages: buttons that keep a passage, the page of what was kept, their routes."""

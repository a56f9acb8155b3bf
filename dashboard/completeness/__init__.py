"""The page on what the collection lacks: what is asked, the form of filters, and a table for each part."""

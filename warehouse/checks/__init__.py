"""Rules about the data: each query must return no rows, else the publication is refused."""

"""What is known and how it is kept: records, archive, crawl state, warehouse, publication, search, desk."""

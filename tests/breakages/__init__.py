"""Hand-made government sites, the ways in which they break, and whether the crawl notices."""

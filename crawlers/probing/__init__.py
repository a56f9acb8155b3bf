"""A look at a site outside of a crawl: few polite requests, what they show, a source file proposed."""

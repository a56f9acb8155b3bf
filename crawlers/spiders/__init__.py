"""Thin Scrapy: one spider drives every platform, our frontier feeds it, our archive keeps what came."""

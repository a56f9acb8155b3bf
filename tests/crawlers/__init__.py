"""Tests of the crawler: real Scrapy, real archive, real sites on loopback."""

"""Alarms of the crawl on their way to people and monitors: mail, webhook, a file for Prometheus."""

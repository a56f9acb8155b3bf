"""Benchmarks of warehouse and search beside their references, and the made documents they work on."""

"""Tests of the benchmarks of warehouse and search."""

"""The parts of the page /board."""

"""Manners: robots rules, pace, breaker, scope, and the signs by which a site asks us to stay away."""

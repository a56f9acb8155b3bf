"""How improbable an observation is, given what was seen before; few observations make everything probable."""

from __future__ import annotations

from math import exp, lgamma, log

_HALF = 0.5  # Jeffreys' prior: what is believed before anything was seen


def chance_of_so_few(hits: int, tries: int, before_hits: int, before_tries: int) -> float:
    """Probability of at most `hits` in `tries`, when `before_hits` of `before_tries` were seen before."""
    a, b = before_hits + _HALF, before_tries - before_hits + _HALF
    return min(1.0, sum(exp(_log_beta_binomial(k, tries, a, b)) for k in range(hits + 1)))


def chance_of_silence(days: int, news: int, over_days: int) -> float:
    """Probability of no news in so many days, when so many came over `over_days` (their rate unknown)."""
    if over_days <= 0:
        return 1.0
    return exp((news + _HALF) * log(over_days / (over_days + days)))


def _log_beta_binomial(k: int, n: int, a: float, b: float) -> float:
    choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return choose + _log_beta(k + a, n - k + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)

#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes mixture-bounds.tsv and look-thresholds.tsv beside itself: true values, by arithmetic of 50 digits.

needs: python3-mpmath, python3-scipy
"""
import math
import os
import mpmath as mp
from scipy.optimize import brentq
from scipy.special import betaln
from scipy.stats import beta, binom

mp.mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))
A, B = mp.mpf(0.5), mp.mpf(0.3)


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def lower_tail(p, a, b):
    """P(Beta(a, b) <= p) by the series of the incomplete beta function."""
    total = term = 1 / a
    k = 0
    while term > total * mp.mpf(10) ** -45:
        term *= p * (a + b + k) / (a + 1 + k) if k else p * (a + b) / (a + 1)
        k += 1
        total += term
    return mp.exp(a * mp.log(p) + b * mp.log1p(-p) - log_beta(a, b)) * total


def survival(p, a, b):
    """P(Beta(a, b) > p), by the series that converges faster."""
    return lower_tail(1 - p, b, a) if p > 0.5 else 1 - lower_tail(p, a, b)


def log_evidence(p, successes, trials):
    a, b = A + successes, B + trials - successes
    return (log_beta(a, b) - log_beta(A, B) - successes * mp.log(p) - (trials - successes) * mp.log1p(-p)
            + mp.log(survival(p, a, b)) - mp.log(survival(p, A, B)))


def mixture_bound(successes, trials, alpha):
    """The root of log_evidence = log 1/alpha below successes / trials - B / trials: SciPy's, refined by secants."""
    needed = -mp.log(mp.mpf(alpha))
    a, b = 0.5 + successes, 0.3 + trials - successes

    def scipys(x):
        p = math.exp(x)
        return (betaln(a, b) - betaln(0.5, 0.3) - successes * x - (trials - successes) * math.log1p(-p)
                + beta.logsf(p, a, b) - beta.logsf(p, 0.5, 0.3) + math.log(alpha))

    guess = math.exp(brentq(scipys, -60, math.log((successes - 0.3) / trials), xtol=1e-15))
    return mp.findroot(lambda p: log_evidence(p, successes, trials) - needed,
                       (mp.mpf(guess), mp.mpf(guess) * (1 - mp.mpf(10) ** -9)), solver="secant", tol=1e-40)


def certified(count, n, level, radius):
    """Whether a count is certified at a radius, sigma being 1: the tail at Phi(radius) is at most the level."""
    p = mp.ncdf(mp.mpf(radius))
    if abs(binom.sf(count - 1, n, float(p)) / level - 1) > 1e-6:
        return binom.sf(count - 1, n, float(p)) <= level
    tail = mp.fsum(mp.binomial(n, k) * p**k * (1 - p) ** (n - k) for k in range(count, n + 1))
    return tail <= mp.mpf(level)


def threshold(n, level, radius):
    """The smallest count that is certified at a radius; n + 1 when none is."""
    below, first = -1, n + 1
    while first - below > 1:
        middle = (below + first) // 2
        if certified(middle, n, level, radius):
            first = middle
        else:
            below = middle
    return first


def main():
    with open(os.path.join(HERE, "mixture-bounds.tsv"), "w") as file:
        print("successes", "trials", "alpha", "bound", sep="\t", file=file)
        for trials in (2, 10, 64, 1000, 100_000):
            for successes in sorted({1, trials // 2, round(0.8 * trials), round(0.99 * trials), trials - 1, trials}):
                for alpha in (0.05, 0.001, 1e-6):
                    bound = mixture_bound(successes, trials, alpha)
                    print(successes, trials, alpha, mp.nstr(bound, 30), sep="\t", file=file)
    with open(os.path.join(HERE, "look-thresholds.tsv"), "w") as file:
        print("n", "level", "radius", "count", sep="\t", file=file)
        for n in (64, 96, 224, 1000, 100_000):
            for level in (0.0005, 0.000875 / 36, 1e-9):
                for radius in (0.25, 0.5, 1, 2, 3):
                    print(n, level, radius, threshold(n, level, radius), sep="\t", file=file)


if __name__ == "__main__":
    main()

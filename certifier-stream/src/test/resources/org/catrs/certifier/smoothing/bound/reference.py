#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes lower-bounds.tsv and quantiles.tsv beside itself: true values to 35 digits, which SciPy's must agree with.
And radii.tsv: the bounds and radii of certificates to 60 digits.

needs: python3-mpmath, python3-scipy
"""
import itertools
import os
import mpmath as mp
from scipy.stats import beta, norm

mp.mp.dps = 80
HERE = os.path.dirname(os.path.abspath(__file__))


def tail(p, successes, trials):
    """P(Binomial(trials, p) >= successes), a sum of positive terms from its largest on."""
    log_first = (mp.loggamma(trials + 1) - mp.loggamma(successes + 1) - mp.loggamma(trials - successes + 1)
                 + successes * mp.log(p) + (trials - successes) * mp.log1p(-p))
    total = term = mp.mpf(1)
    for k in range(successes, trials):
        term *= p / (1 - p) * (trials - k) / (k + 1)
        total += term
        if term < total * mp.mpf(10) ** -70:
            break
    return mp.exp(log_first) * total


def lower_bound(successes, trials, alpha):
    """The root of tail(p) = alpha, by Newton's method from SciPy's value."""
    if successes == 0:
        return mp.mpf(0)
    if successes == trials:
        return mp.mpf(alpha) ** (mp.mpf(1) / trials)
    p = scipys = mp.mpf(beta.ppf(alpha, successes, trials - successes + 1))
    for _ in range(4):
        density = mp.exp(mp.loggamma(trials + 1) - mp.loggamma(successes) - mp.loggamma(trials - successes + 1)
                         + (successes - 1) * mp.log(p) + (trials - successes) * mp.log1p(-p))
        p -= (tail(p, successes, trials) - mp.mpf(alpha)) / density
    assert abs(p / scipys - 1) < 1e-9, (successes, trials, alpha, p, scipys)
    return p


def quantile(p):
    value = mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1)
    assert abs(value / mp.mpf(norm.ppf(p)) - 1) < 1e-9, p
    return value


def main():
    with open(os.path.join(HERE, "lower-bounds.tsv"), "w") as file:
        print("successes", "trials", "alpha", "bound", sep="\t", file=file)
        for trials in (1, 2, 3, 10, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000):
            # At 10^9, sums of less extreme counts take minutes.
            shares = (0, 0.01, 0.1, 0.5, 0.6, 0.8, 0.95, 0.99, 0.999, 1) if trials <= 1_000_000 else (0, 1)
            for successes in sorted({1, trials - 1} | {round(share * trials) for share in shares}):
                for alpha in (0.4, 0.05, 0.001, 1e-6, 1e-9, 1e-15):
                    bound = lower_bound(successes, trials, alpha)
                    print(successes, trials, alpha, mp.nstr(bound, 35), sep="\t", file=file)
    with open(os.path.join(HERE, "quantiles.tsv"), "w") as file:
        print("p", "quantile", sep="\t", file=file)
        for p in ([0.5 + 2.0**-k for k in range(53, 1, -3)] + [0.5 + i / 200 for i in range(1, 100, 3)]
                  + [1 - 2.0**-k for k in range(3, 54, 2)]):
            print(repr(p), mp.nstr(quantile(p), 35), sep="\t", file=file)
    with open(os.path.join(HERE, "radii.tsv"), "w") as file:
        print("successes", "trials", "alpha", "sigma", "bound", "radius", sep="\t", file=file)
        for trials, counts in ((100, (66, 80, 99, 100)), (1000, (559, 700, 800, 950, 990, 999, 1000)),
                               (100_000, (50490, 60001, 70002, 80003, 90004, 95005, 99006, 99907, 99999, 100_000))):
            for successes, alpha, sigma in itertools.product(counts, (0.001, 1e-6), (0.25, 0.5, 0.1)):
                bound = lower_bound(successes, trials, alpha)
                if bound > 0.5:
                    radius = mp.mpf(sigma) * mp.sqrt(2) * mp.erfinv(2 * bound - 1)
                    print(successes, trials, alpha, sigma, mp.nstr(bound, 60), mp.nstr(radius, 60), sep="\t", file=file)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""What the adaptive plan costs, by the rules of new certificates and by those of version 2.

Votes are drawn anew for each image of published evaluations, with the probability that its published radius shows; of an
image that was abstained on, nobody knows it, and it is drawn between 0.25 and 0.5. All other votes go to one other class,
the hardest case for the selection. Undecided images go on to n = 100,000 with the same votes, which is what the fixed plan
would have decided. Ratios count the selection's samples; each has its standard error over the replays.

needs:  python3-numpy, python3-scipy
usage:  sampling_study.py --data FOLDER [--replays 20]        FOLDER/reference holds the published files
"""
import argparse, math, pathlib
import numpy as np
from scipy import stats

N, ALPHA, CLASSES = 100_000, 0.001, 10
SETS = {"mnist-sigma0.25-cat-rs.tsv": 0.25, "mnist-sigma0.50-cat-rs.tsv": 0.5, "mnist-sigma1.00-cat-rs.tsv": 1.0,
        "cifar10-sigma0.25-consistency.tsv": 0.25, "cifar10-sigma0.50-gaussian.tsv": 0.5}
COUNTS = np.arange(N // 2, N + 1)
BOUNDS = stats.beta.ppf(ALPHA, COUNTS, N - COUNTS + 1)


def read(file, sigma):
    """Each image's probability of its class, and whether that class is right."""
    rows = [line.split("\t") for line in file.read_text().splitlines()[1:]]
    radius, predicted, correct = (np.array([float(row[i]) for row in rows]) for i in (3, 2, 4))
    place = np.searchsorted(BOUNDS, stats.norm.cdf(radius / sigma))
    shown = COUNTS[np.minimum(place, len(COUNTS) - 1)] / N
    return np.where(predicted < 0, np.random.default_rng(1).uniform(0.25, 0.5, len(rows)), shown), correct > 0


class Rules:
    """Looks, and at each the votes that reach the radius and those that leave no hope, of the first attempts."""

    def __init__(self, version2, sigma, radius):
        self.n0, self.target = 100 if version2 else 32, stats.norm.cdf(radius / sigma)
        powers = [64 * 1.5**i for i in range(0 if version2 else -1, 30)]
        self.looks = [32 * (math.ceil(x / 32) if version2 else math.floor(x / 32 + 0.5)) for x in powers if x * math.sqrt(1.5) < N] + [N]
        early = len(self.looks) - 1
        shares = np.array([0.5 / early] * early + [0.5])
        self.reached, self.hopeless = [], []
        for attempt in range(2):
            alpha = ALPHA * 0.875 * 0.125**attempt / (CLASSES if attempt and not version2 else 1)
            reached = [int(stats.binom.isf(alpha * share, n, self.target)) + 1 for n, share in zip(self.looks, shares)]
            needed = self.target if version2 else reached[-1] / N
            level = ALPHA / len(self.looks) if version2 else 0.0025
            self.reached.append(reached)
            self.hopeless.append([n if reached[-1] > N else int(stats.binom.ppf(level, n, needed)) - 1 for n in self.looks])

    def attempt(self, number, p, random):
        """Samples, votes, and outcome of an attempt about classes of probabilities p; and whether the other class has hope."""
        votes, used, won, other = np.zeros(len(p), int), np.zeros(len(p), int), np.zeros(len(p), bool), np.zeros(len(p), bool)
        live, before = np.arange(len(p)), 0
        for n, reached, hopeless in zip(self.looks, self.reached[number], self.hopeless[number]):
            votes[live] += random.binomial(n - before, p[live])
            used[live], before = n, n
            win, lose = votes[live] >= reached, votes[live] <= hopeless
            won[live[win]] = True
            other[live] = lose & ~win & (n - votes[live] > np.maximum(votes[live], hopeless))
            live = live[~win & ~lose]
        return used, votes, won, other

    def replay(self, p, correct, random):
        """Samples of each image, and points of certified accuracy that are lost against the fixed plan."""
        right = random.binomial(self.n0, p) * 2 >= self.n0
        used, votes, won, other = self.attempt(0, np.where(right, p, 1 - p), random)
        total = used + self.n0
        won, again = won & right, np.flatnonzero(other)
        if len(again):
            more, _, reached, _ = self.attempt(1, np.where(right, 1 - p, p)[again], random)
            total[again] += more
            won[again] |= reached & ~right[again]
        rest = np.where(right, votes + random.binomial(N - used, p), random.binomial(N, p))
        fixed = rest >= N // 2 + np.searchsorted(BOUNDS, self.target)
        return total, 100 * np.mean(correct & fixed) - 100 * np.mean(correct & won)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--replays", type=int, default=20)
    options = parser.parse_args()
    print("| evaluation | radius | version 2: samples | now: samples | ratio (s.e.) | median | points lost: version 2, now |\n|---|---|---|---|---|---|---|")
    for name, sigma in SETS.items():
        p, correct = read(options.data / "reference" / name, sigma)
        for radius in sorted({sigma / 2, sigma, 2 * sigma, 0.25, 0.5, 1.0}):
            means, lost, median = {}, {}, 0
            for version2 in (True, False):
                rules, random = Rules(version2, sigma, radius), np.random.default_rng(7)
                runs = [rules.replay(p, correct, random) for _ in range(options.replays)]
                means[version2], lost[version2] = np.array([run[0].mean() for run in runs]), np.mean([run[1] for run in runs])
                median = np.median(runs[0][0])
            old, new = means[True].mean(), means[False].mean()
            error = new / old * math.hypot(*(m.std(ddof=1) / m.mean() / math.sqrt(options.replays) for m in means.values()))
            print(f"| {name[:-4]} | {radius} | {old:,.0f} | {new:,.0f} | {new / old:.3f} ({error:.3f}) | {median:.0f} | {lost[True]:.3f}, {lost[False]:.3f} |", flush=True)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Checks certificates without catrs: another implementation of certifier-stream/CERTIFICATE.md and NOISE.md.

Networks run in PyTorch, whose kernels round otherwise than the certifier's, so that a few samples near a tie may vote
otherwise: counts may be a handful of votes apart. Everything else must agree. The network is run by onnx_in_torch.py,
signatures are checked by signatures.py, proofs of seeds by vrf.py.

needs:  python3-cryptography, python3-mpmath, python3-numpy, python3-onnx, python3-pil, python3-scipy, python3-torch
usage:  replay.py --certificates F.jsonl --images FOLDER --model F.onnx [--key PUBLIC.pem] [--noise-key PUBLIC.pem]
"""
import argparse, functools, hashlib, itertools, math, pathlib, re, sys
import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PIL import Image
from scipy import special, stats
from noise_vectors import thresholds
from onnx_in_torch import network
from signatures import read, signature_problems
from vrf import read_key, require_forced_seed, seed_problems

HANDFUL = 5
BATCH = 250


class Noise:
    """NOISE.md, for many samples at once."""

    def __init__(self, sigma):
        self.extent, self.limit, sums = thresholds(sigma)
        self.sums = np.array(sums)
        tops = np.arange(1 << 16) << 44
        self.unsettled = self.steps(tops) != self.steps(tops + 2**44 - 1)

    def steps(self, u):
        return np.searchsorted(self.sums, u, "right") - self.limit

    def draw(self, seed, phase, samples, image):
        """The noisy images as float32, and which of them drew a value for each pixel."""
        d, cipher = image.size, Cipher(algorithms.AES(bytes.fromhex(seed)), modes.ECB()).encryptor()

        def keystream(length):
            counters = np.zeros((len(samples), -(-length // 16), 2), ">u8")
            counters[:, :, 0] = (phase << 56) + samples[:, None]
            counters[:, :, 1] = np.arange(counters.shape[1])
            return np.frombuffer(cipher.update(counters.tobytes()), np.uint8).reshape(len(samples), -1)
        top = np.ascontiguousarray(keystream(2 * d)[:, :2 * d]).view(">u2").astype(np.int64)
        u, unsettled = top << 44, self.unsettled[top]
        row, column = np.nonzero(unsettled)
        place = 2 * d + 6 * (np.cumsum(unsettled, 1) - 1)[row, column]
        stream = keystream(2 * d + 6 * unsettled.sum(1).max()).astype(np.int64)
        u[row, column] += sum(stream[row, place + i] << 8 * (5 - i) for i in range(6)) % 2**44
        steps = self.steps(u)
        k = np.clip(image.ravel() + steps, -255 * self.extent, 255 * (self.extent + 1))
        return k.astype(np.float32).reshape(-1, *image.shape) / np.float32(255), steps.max(1) <= self.limit


def votes(run, noise, certificate, phase, first, n, image):
    """Votes by class of n samples; the lowest class of those that tie, and none without a number or noise."""
    counts = np.zeros(len(certificate["estimationCounts"]), int)
    for start in range(first, first + n, BATCH):
        samples = np.arange(start, min(start + BATCH, first + n))
        images, drawn = noise.draw(certificate["seed"], phase, samples, image)
        logits = run(images)
        valid = drawn & ~np.isnan(logits).any(1)
        counts += np.bincount(logits.argmax(1)[valid], minlength=len(counts))
    return counts


def schedule(n):
    """Looks of the adaptive plan: numbers of samples, and shares of alpha."""
    sizes = itertools.takewhile(lambda size: size * math.sqrt(1.5) < n, (64 * 1.5**i for i in itertools.count()))
    sizes = [math.ceil(size / 32) * 32 for size in sizes] + [n]
    return sizes, [0.5 / (len(sizes) - 1) for _ in sizes[:-1]] + [0.5] if len(sizes) > 1 else [1]


def is_shown(plan, p, look):
    """Whether a look shows that the probability is at least p."""
    h, t, alpha = look["count"], look["n"], look["alpha"]
    if plan != "deadline":
        return special.betainc(h, t - h + 1, p) <= alpha if h else False
    evidence = (special.betaln(0.5 + h, 0.3 + t - h) - special.betaln(0.5, 0.3) - h * math.log(p) - (t - h) * math.log1p(-p)
                + stats.beta.logsf(p, 0.5 + h, 0.3 + t - h) - stats.beta.logsf(p, 0.5, 0.3))
    return p < h / t and evidence >= -math.log(alpha)


def attempts_problems(c, attempts):
    plan, most = c["plan"], c["sampling"]["maxN"] if c.get("sampling") else c["n"]
    sizes, shares = schedule(most)
    for i, attempt in enumerate(attempts):
        alpha = c["alpha"] if plan == "fixed" else c["alpha"] * 0.875 * 0.125**i
        planned = {"fixed": [(most, alpha)], "adaptive": [(n, alpha * share) for n, share in zip(sizes, shares)],
                   "deadline": [(look["n"], alpha) for look in attempt["looks"]]}[plan]
        if attempt["alpha"] != alpha or [(look["n"], look["alpha"]) for look in attempt["looks"]] != planned[:len(attempt["looks"])]:
            yield f"attempt {i} looks otherwise than the plan does"
    last = attempts[-1]["looks"][-1]
    if plan not in ("fixed", "adaptive", "deadline") or (last["n"], last["count"]) != (c["n"], c["estimationCounts"][c["candidate"]]):
        yield "n and counts are not those of the last look"


def is_out_of_reach(c, n, h, looks):
    """Whether h votes of n samples leave a class no hope of the target radius, or of any where there is no target."""
    upper = 1.0 if h == n else stats.beta.ppf(1 - c["alpha"] / looks, h + 1, n - h)
    target = c["sampling"].get("targetRadius")
    radius = c["sigma"] * stats.norm.ppf(min(upper, 1 - 2**-53))
    return upper < 1 and (radius < target if target else upper <= 0.5)


def restart_problems(c, i, attempt, counts):
    """Another attempt follows only where the plan's rules give the candidate up, and there is hope for another class."""
    sizes, n, candidate, top = schedule(c["sampling"]["maxN"])[0], attempt["looks"][-1]["n"], attempt["candidate"], int(np.argmax(counts))
    if n not in sizes or not is_out_of_reach(c, n, attempt["looks"][-1]["count"], len(sizes)):
        yield f"attempt {i} was not given up where the plan's rules let another follow"
    if top == candidate or is_out_of_reach(c, n, min(n, int(counts[top]) + HANDFUL), len(sizes)) or i >= 3:
        yield f"after attempt {i} the plan's rules let no other follow"


def bound_problems(c, looks):
    p, label, radius = c["probabilityLowerBound"], c.get("label"), c["radius"]
    step = 1e-6 * min(p, 1 - p)
    if p and (not any(is_shown(c["plan"], p * (1 - 1e-12), look) for look in looks) or any(is_shown(c["plan"], p + step, look) for look in looks)):
        yield f"the counts do not show the bound {p}"
    true = c["sigma"] * stats.norm.ppf(p) if p > 0.5 else 0
    if not true * (1 - 1e-9) <= radius <= true or label != (c["candidate"] if radius > 0 else None) or (c["outcome"] == "CERTIFIED") != (radius > 0):
        yield f"the bound gives radius {true}"


def problems(c, run, noise, image):
    """What is wrong with a certificate, and how many votes its counts are away from those drawn here."""
    whole = {"n": c["n"], "count": c["estimationCounts"][c["candidate"]], "alpha": c["alpha"]}
    attempts = (c.get("sampling") or {}).get("attempts") or [
        {"candidate": c["candidate"], "alpha": c["alpha"], "firstSample": 0, "looks": [whole]}]
    found = [*attempts_problems(c, attempts), *bound_problems(c, attempts[-1]["looks"])]
    selection = votes(run, noise, c, 0, 0, c["n0"], image)
    apart, first, chosen = [abs(selection - c["selectionCounts"]).max()], 0, np.argmax(c["selectionCounts"])
    for attempt in attempts:
        if (attempt["candidate"], attempt["firstSample"]) != (chosen, first):
            found.append(f"an attempt is about class {attempt['candidate']} from sample {attempt['firstSample']} on, not {chosen} from {first} on")
        counts, seen = np.zeros(len(c["estimationCounts"]), int), 0
        for look in attempt["looks"]:
            counts += votes(run, noise, c, 1, first + seen, look["n"] - seen, image)
            apart.append(abs(counts[attempt["candidate"]] - look["count"]))
            seen = look["n"]
        first, chosen = first + seen, np.argmax(counts)
        if attempt is not attempts[-1]:
            found += restart_problems(c, attempts.index(attempt), attempt, counts)
    if attempts[-1]["candidate"] != c["candidate"]:
        found.append("the candidate is not the last attempt's")
    apart.append(abs(counts - c["estimationCounts"]).max())
    if max(apart) > HANDFUL:
        found.append(f"counts are up to {max(apart)} votes apart: drawn here were {selection.tolist()} and {counts.tolist()}")
    return found, max(apart)


def read_images(folder):
    """Images by the SHA-256 of their uint8 channels x height x width."""
    images = {}
    for file in sorted(folder.rglob("*.png")):
        pixels = np.asarray(Image.open(file))
        pixels = np.ascontiguousarray(pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1))
        images[hashlib.sha256(pixels.tobytes()).hexdigest()] = pixels
    return images


def tell(name, verdict):
    """A verdict on one line, whatever stands in the certificate, which could otherwise bring a verdict of its own."""
    print(re.sub("[\\x00-\\x1f\\x7f]", "\ufffd", f"{name}   {verdict}"))


def main():
    parser = argparse.ArgumentParser(description="Checks certificates without catrs.")
    for name in ("certificates", "images", "model"):
        parser.add_argument("--" + name, type=pathlib.Path, required=True)
    parser.add_argument("--key", type=pathlib.Path)
    parser.add_argument("--noise-key", type=pathlib.Path)
    options = parser.parse_args()
    noise_key = read_key(options.noise_key) if options.noise_key else None
    images, run, noise_of, disagreeing = read_images(options.images), network(options.model), functools.cache(Noise), 0
    model = hashlib.sha256(options.model.read_bytes()).hexdigest()
    for number, line in enumerate(options.certificates.read_text().splitlines(), 1):
        try:
            c, names = read(line)
            require_forced_seed(c)
        except ValueError as problem:
            disagreeing += 1
            tell(f"line {number}", f"DISAGREES: {problem}")
            continue
        found, apart = list(signature_problems(c, options.key)) if options.key else [], 0
        if c["imageSha256"] not in images or c["model"]["sha256"] != model or c["noise"] != "discrete":
            found.append("its image, its model or its noise is not here")
        else:
            image = images[c["imageSha256"]]
            checked, apart = problems(c, run, noise_of(c["sigma"]), image)
            found += [*seed_problems(c, image, noise_key), *checked]
        disagreeing += bool(found)
        verdict = "DISAGREES: " + "; ".join(found) if found else f"agrees, counts at most {apart} votes apart"
        tell(names.get("key") or names.get("file") or f"line {number}", verdict)
    if not noise_key:
        print("Seeds are not proved (--noise-key).")
    sys.exit(disagreeing > 0)


if __name__ == "__main__":
    main()

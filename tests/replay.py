#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Checks certificates without catrs: another implementation of certifier-stream/CERTIFICATE.md and NOISE.md.

Networks run in PyTorch (onnx_in_torch.py), whose kernels round otherwise than the certifier's, so that a sample near a tie
may vote otherwise: of n samples, as many votes may be apart as a Poisson variable of mean NEAR_TIES n exceeds once in a
million (1 of 100, 2 of 1,000, 4 of 10,000, 9 of 100,000). int8 networks run in NumPy (int8_network.py), where sums
are exact and counts must be equal. Everything else must agree. Signatures are checked by signatures.py,
proofs of seeds by vrf.py.

needs:  python3-cryptography, python3-mpmath, python3-numpy, python3-onnx, python3-pil, python3-scipy; python3-torch, but
        for int8 networks
usage:  replay.py --certificates F.jsonl --images FOLDER --model F.onnx [--key PUBLIC.pem]
                  [--noise-key PUBLIC.pem [--policies F]]
"""
import argparse, bisect, functools, hashlib, itertools, math, pathlib, re, sys
import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from google.protobuf.message import DecodeError
from PIL import Image
from scipy import special, stats
from noise_vectors import thresholds
import int8_network
from signatures import read, signature_problems
from vrf import read_key, read_policies, require_forced_seed, seed_problems

BATCH = 250
NEAR_TIES = 1e-5  # share of samples that vote otherwise in other float kernels, at most: their logits differ by some 1e-6


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


def shares_phase(attempts):
    """Whether attempts are those of version 2, whose samples follow one another in phase 1."""
    return attempts[0].get("phase") is None


def schedule(n, shared):
    """Looks of the adaptive plan: numbers of samples, and shares of alpha."""
    sizes = itertools.takewhile(lambda size: size * math.sqrt(1.5) < n, (64 * 1.5**i for i in itertools.count(0 if shared else -1)))
    sizes = [(math.ceil(size / 32) if shared else math.floor(size / 32 + 0.5)) * 32 for size in sizes] + [n]
    return sizes, [0.5 / (len(sizes) - 1) for _ in sizes[:-1]] + [0.5] if len(sizes) > 1 else [1]


def level(c, i, shared):
    """The failure probability of attempt i."""
    share = c["alpha"] * 0.875 * 0.125**i
    return c["alpha"] if c["plan"] == "fixed" else share if shared or i == 0 else share / len(c["estimationCounts"])


def is_shown(plan, p, look):
    """Whether a look shows that the probability is at least p."""
    h, t, alpha = look["count"], look["n"], look["alpha"]
    if plan != "deadline":
        return special.betainc(h, t - h + 1, p) <= alpha if h else False
    evidence = (special.betaln(0.5 + h, 0.3 + t - h) - special.betaln(0.5, 0.3) - h * math.log(p) - (t - h) * math.log1p(-p)
                + stats.beta.logsf(p, 0.5 + h, 0.3 + t - h) - stats.beta.logsf(p, 0.5, 0.3))
    return p < h / t and evidence >= -math.log(alpha)


def parameters_problems(c, most):
    """What no certificate may be made with: bounds were not measured there."""
    if not 1e-15 <= c["alpha"] < 0.5:
        yield f"alpha must be at least 1.0E-15 and below 0.5, found {c['alpha']}"
    for name, samples in (("n0", c["n0"]), ("n", most)):
        if not 1 <= samples <= 10**9:
            yield f"{name} must lie in [1, 1000000000], found {samples}"


def attempts_problems(c, attempts):
    plan, most = c["plan"], c["sampling"]["maxN"] if c.get("sampling") else c["n"]
    yield from parameters_problems(c, most)
    shared, spent = shares_phase(attempts), 0
    sizes, shares = schedule(most, shared)
    for i, attempt in enumerate(attempts):
        if (attempt.get("phase"), attempt["firstSample"]) != ((None, spent) if shared else (1 + i, 0)):
            yield f"attempt {i} begins with sample {attempt['firstSample']} of phase {attempt.get('phase')}"
        alpha, spent = level(c, i, shared), spent + attempt["looks"][-1]["n"]
        planned = {"fixed": [(most, alpha)], "adaptive": [(n, alpha * share) for n, share in zip(sizes, shares)],
                   "deadline": [(look["n"], alpha) for look in attempt["looks"]]}[plan]
        if attempt["alpha"] != alpha or [(look["n"], look["alpha"]) for look in attempt["looks"]] != planned[:len(attempt["looks"])]:
            yield f"attempt {i} looks otherwise than the plan does"
    last = attempts[-1]["looks"][-1]
    if plan not in ("fixed", "adaptive", "deadline") or (last["n"], last["count"]) != (c["n"], c["estimationCounts"][c["candidate"]]):
        yield "n and counts are not those of the last look"


def network(file):
    """Runs a network's file, and what share of samples may vote otherwise."""
    if int8_network.is_int8(file):
        return int8_network.network(file), 0
    import onnx_in_torch
    return onnx_in_torch.network(file), NEAR_TIES


def handful(n, near_ties):
    """How many votes of n samples may be apart."""
    return int(stats.poisson.isf(1e-6, near_ties * n)) if near_ties else 0


def is_out_of_reach(c, i, n, h, shared):
    """Whether h votes of n samples leave a class of attempt i no hope of the target radius, or of any where there is no target."""
    sizes, shares = schedule(c["sampling"]["maxN"], shared)
    target = stats.norm.cdf((c["sampling"].get("targetRadius") or 0) / c["sigma"])
    if shared:
        share = target
    else:  # the share of votes by which the last look shows the target
        most, alpha = sizes[-1], level(c, i, shared) * (shares[-1] if c["plan"] == "adaptive" else 1)
        share = bisect.bisect_left(range(most + 1), True, key=lambda h: is_shown(c["plan"], target, {"count": h, "n": most, "alpha": alpha})) / most
    upper = 1.0 if h == n else stats.beta.ppf(1 - (c["alpha"] / len(sizes) if shared else 0.0025), h + 1, n - h)
    return share > 1 or upper < share


def restart_problems(c, i, attempt, counts, shared, near_ties):
    """Another attempt follows only where the plan's rules give the candidate up, and there is hope for another class."""
    sizes, n, candidate, top = schedule(c["sampling"]["maxN"], shared)[0], attempt["looks"][-1]["n"], attempt["candidate"], int(np.argmax(counts))
    decided = n in sizes and (shared or c["plan"] != "deadline" or n >= 64)
    if not decided or not is_out_of_reach(c, i, n, attempt["looks"][-1]["count"], shared):
        yield f"attempt {i} was not given up where the plan's rules let another follow"
    if top == candidate or is_out_of_reach(c, i, n, min(n, int(counts[top]) + handful(n, near_ties)), shared) or i >= 3:
        yield f"after attempt {i} the plan's rules let no other follow"


def bound_problems(c, looks):
    p, label, radius = c["probabilityLowerBound"], c.get("label"), c["radius"]
    step = 1e-6 * min(p, 1 - p)
    if p and (not any(is_shown(c["plan"], p * (1 - 1e-12), look) for look in looks) or any(is_shown(c["plan"], p + step, look) for look in looks)):
        yield f"the counts do not show the bound {p}"
    true = c["sigma"] * stats.norm.ppf(p) if p > 0.5 else 0
    if not true * (1 - 1e-9) <= radius <= true or label != (c["candidate"] if radius > 0 else None) or (c["outcome"] == "CERTIFIED") != (radius > 0):
        yield f"the bound gives radius {true}"


def problems(c, run, near_ties, noise, image):
    """What is wrong with a certificate, and how many votes its counts are away from those drawn here."""
    whole = {"n": c["n"], "count": c["estimationCounts"][c["candidate"]], "alpha": c["alpha"]}
    attempts = (c.get("sampling") or {}).get("attempts") or [
        {"candidate": c["candidate"], "alpha": c["alpha"], "firstSample": 0, "looks": [whole]}]
    found = [*attempts_problems(c, attempts), *bound_problems(c, attempts[-1]["looks"])]
    selection = votes(run, noise, c, 0, 0, c["n0"], image)
    apart, chosen, shared = [(c["n0"], abs(selection - c["selectionCounts"]).max())], np.argmax(c["selectionCounts"]), shares_phase(attempts)
    for i, attempt in enumerate(attempts):
        if attempt["candidate"] != chosen:
            found.append(f"attempt {i} is about class {attempt['candidate']}, not {chosen}")
        counts, seen = np.zeros(len(c["estimationCounts"]), int), 0
        for look in attempt["looks"]:
            counts += votes(run, noise, c, attempt.get("phase") or 1, attempt["firstSample"] + seen, look["n"] - seen, image)
            apart.append((look["n"], abs(counts[attempt["candidate"]] - look["count"])))
            seen = look["n"]
        chosen = np.argmax(counts)
        if attempt is not attempts[-1]:
            found += restart_problems(c, i, attempt, counts, shared, near_ties)
    if attempts[-1]["candidate"] != c["candidate"]:
        found.append("the candidate is not the last attempt's")
    apart.append((c["n"], abs(counts - c["estimationCounts"]).max()))
    most = max(votes for _, votes in apart)
    if any(votes > handful(n, near_ties) for n, votes in apart):
        found.append(f"counts are up to {most} votes apart: drawn here were {selection.tolist()} and {counts.tolist()}")
    return found, most


def weaknesses(c, signatures, seeds, policies):
    """Why a certificate promises less than others do, whatever the verdict is; what of it was checked here."""
    signed, forced = c.get("signature") is not None, c.get("noiseKey") is not None
    return [words for words, weak in {
        "gaussian noise": c["noise"] == "gaussian", "alpha above 0.01": c["alpha"] > 0.01, "not signed": not signed,
        "signature not checked": signed and not signatures, "seed not forced": not forced,
        "seed not checked": forced and not seeds, "policy not checked": forced and seeds and not policies,
        "independence tried, not proved": c.get("independence") == "TRIED"}.items() if weak]


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
    parser.add_argument("--policies", type=pathlib.Path)
    options = parser.parse_args()
    if options.policies and not options.noise_key:
        parser.error("--policies goes with --noise-key")
    if options.key:
        read_key(options.key)
    noise_key = read_key(options.noise_key) if options.noise_key else None
    published = read_policies(options.policies) if options.policies else None
    lines = {number: line for number, line in enumerate(re.split("\r\n|\r|\n", options.certificates.read_bytes().decode()), 1) if line.strip()}
    if not lines:
        sys.exit(f"{options.certificates}: holds no certificate; needed is one a line")
    images, (run, near_ties), noise_of, disagreeing = read_images(options.images), network(options.model), functools.cache(Noise), 0
    model = hashlib.sha256(options.model.read_bytes()).hexdigest()
    for number, line in lines.items():
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
            try:
                checked, apart = problems(c, run, near_ties, noise_of(c["sigma"]), image)
                found += [*seed_problems(c, image, noise_key, published), *checked]
            except (ArithmeticError, LookupError, ValueError) as problem:
                found.append(f"nothing can have been sampled so ({problem})")
        disagreeing += bool(found)
        verdict = "DISAGREES: " + "; ".join(found) if found else f"agrees, counts at most {apart} votes apart"
        weak = weaknesses(c, options.key, noise_key, published)
        tell(names.get("key") or names.get("file") or f"line {number}", verdict + ("   weak: " + ", ".join(weak) if weak else ""))
    if not noise_key:
        print("Seeds are not proved (--noise-key).")
    elif published is None:
        print("Policies were not looked at (--policies).")
    sys.exit(disagreeing > 0)


if __name__ == "__main__":
    try:
        main()
    except (OSError, UnicodeDecodeError, DecodeError) as problem:
        sys.exit(f"error: a file cannot be read: {problem}")

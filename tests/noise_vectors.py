#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Draws the discrete noise of certifier-stream/NOISE.md again, with mpmath and another AES, and checks the test vectors.

needs:  python3-cryptography, python3-mpmath
usage:  noise_vectors.py VECTORS.json           compares; exit code 1 when anything differs
        noise_vectors.py VECTORS.json --write   computes the file anew
"""
import bisect, hashlib, itertools, json, sys
import mpmath
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def thresholds(sigma):
    """Running sums of the floors of 2^60 times the exact masses of the steps -255(K+1) ... 255(K+1)."""
    mpmath.mp.dps = 80
    K = max(1, int(6 * sigma))
    limit = 255 * (K + 1)
    scale = 510 * mpmath.mpf(sigma) * mpmath.sqrt(2)
    upper = [mpmath.erfc((2 * z + 1) / scale) / 2 for z in range(limit)]  # P(noise > z + 1/2 steps)
    mass = [1 - 2 * upper[0]] + [a - b for a, b in zip(upper, upper[1:])] + [upper[-1]]
    floors = [int(mpmath.floor(m * 2**60)) for m in mass]
    return K, limit, list(itertools.accumulate(floors[:0:-1] + floors))


def sample(sigma, table, seed, phase, index, image):
    """The noisy image in steps of 1/255, clipped, or None when a pixel drew nothing."""
    K, limit, sums = table
    start = bytes([phase]) + index.to_bytes(7, "big") + bytes(8)
    aes = Cipher(algorithms.AES(bytes.fromhex(seed)), modes.CTR(start)).encryptor()
    take = lambda n: int.from_bytes(aes.update(bytes(n)), "big")
    u = [take(2) << 44 for _ in image]
    draw = lambda value: bisect.bisect_right(sums, value) - limit
    for i, first in enumerate(u):
        if draw(first) != draw(first + 2**44 - 1):
            u[i] += take(6) % 2**44
    steps = [draw(value) for value in u]
    if max(steps) > limit:
        return None
    return [min(max(x + z, -255 * K), 255 * (K + 1)) for x, z in zip(image, steps)]


def digest(numbers, size):
    return hashlib.sha256(b"".join(k.to_bytes(size, "big", signed=True) for k in numbers)).hexdigest()


def distribution(sigma):
    table = thresholds(sigma)
    K, limit, sums = table
    image = [7 * i % 256 for i in range(784)]  # pixel i of the 1 x 28 x 28 image
    samples = []
    for seed, phase, index in [("00" * 16, 0, 0), ("000102030405060708090a0b0c0d0e0f", 1, 0),
                               ("000102030405060708090a0b0c0d0e0f", 1, 99999), ("f" * 32, 1, 2**56 - 1)]:
        values = sample(sigma, table, seed, phase, index, image)
        samples.append({"seed": seed, "phase": ["selection", "estimation"][phase], "index": index,
                        "first": " ".join(map(str, values[:12])), "sha256": digest(values, 4)})
    return {"sigma": sigma, "extent": K, "limit": limit, "samples": samples,
            "thresholds": {"sha256": digest(sums, 8), "last": sums[-1],
                           "at zero": sums[limit]}}


def main():
    vectors = [distribution(sigma) for sigma in (0.01, 0.12, 0.25, 0.5, 1.0, 3.0)]
    if sys.argv[2:] == ["--write"]:
        with open(sys.argv[1], "w") as file:
            json.dump(vectors, file, indent=1)
            file.write("\n")
        return
    with open(sys.argv[1]) as file:
        if json.load(file) != vectors:
            sys.exit("the vectors differ from those computed here")
    print("all vectors agree")


if __name__ == "__main__":
    main()

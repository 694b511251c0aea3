#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Forces seeds by a noise key again, with vrf.py, and checks the test vectors.

needs:  python3-cryptography
usage:  seed_vectors.py VECTORS.json           compares; exit code 1 when anything differs
        seed_vectors.py VECTORS.json --write   computes the file anew
"""
import hashlib, json, sys
from vrf import input_of, output, policy_of, prove, times, encode, BASE

SECRET = bytes(range(32))  # a key that nobody uses
FIRST = {"model": {"sha256": hashlib.sha256(b"a network").hexdigest()}, "engine": {"provider": "cpu", "precision": "fp32", "name": "onnxruntime", "version": "1.29.0+extended"},
         "sigma": 0.5, "noise": "discrete", "alpha": 0.001, "n0": 100, "plan": "fixed", "n": 100000}
OTHERS = [{}, {"sigma": 0.25}, {"sigma": 1.0}, {"sigma": 0.1 + 0.2}, {"sigma": 20.0}, {"noise": "gaussian"}, {"alpha": 1e-15}, {"alpha": 0.00001}, {"alpha": 1e-7}, {"alpha": 0.05}, {"n0": 32}, {"n": 1000000000}, {"n": 1},
          {"plan": "adaptive"}, {"plan": "deadline"}, {"model": {"sha256": hashlib.sha256(b"another").hexdigest()}},
          {"engine": dict(FIRST["engine"], provider="cuda", precision="fp16")}, {"engine": dict(FIRST["engine"], version="1.29.0+basic")}, {"engine": dict(FIRST["engine"], name="another \"engine\" \u20ac")}]
SHAPES = [(1, 2, 3), (1, 3, 2), (3, 2, 1), (1, 28, 28), (3, 32, 32)]


def vector(fields, shape):
    pixels = bytes(7 * i % 256 for i in range(shape[0] * shape[1] * shape[2]))
    policy = policy_of(fields)
    text = input_of(shape, pixels, policy)
    key, proof = public_key(), prove(SECRET, text)
    return {"shape": shape, "certificate": fields, "policy": policy.decode(), "sha256": hashlib.sha256(policy).hexdigest(),
            "input": text.hex(), "proof": proof.hex(), "seed": output(key, text, proof)[:16].hex()}


def public_key():
    x = int.from_bytes(hashlib.sha512(SECRET).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    return encode(times(x, BASE))


def main():
    vectors = [vector({**FIRST, **other}, SHAPES[0]) for other in OTHERS] + [vector(FIRST, shape) for shape in SHAPES[1:]]
    text = json.dumps({"secret": SECRET.hex(), "vectors": vectors}, indent=1) + "\n"
    file = sys.argv[1]
    if sys.argv[2:] == ["--write"]:
        with open(file, "w") as target:
            target.write(text)
        return
    with open(file) as source:
        if source.read() != text:
            sys.exit("the vectors differ from those computed here")
    print("all vectors agree")


if __name__ == "__main__":
    main()

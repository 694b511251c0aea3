# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Seeds that are forced, for replay.py: ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381) with hashlib and integers alone.

Nothing secret is computed here but where a test proves, so that nothing needs to take the same time for all numbers. Points
are (x, y, 1, xy), projective (RFC 8032, section 5.1.4).
"""
import base64, hashlib, re
from signatures import canonical

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)
SPKI = bytes.fromhex("302a300506032b6570032100")  # what stands before an Ed25519 public key (RFC 8410)


def add(a, b):
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(k, a):
    result = NEUTRAL
    while k:
        result, a, k = add(result, a) if k & 1 else result, add(a, a), k >> 1
    return result


def minus(a, b):
    return add(a, (-b[0] % P, b[1], b[2], -b[3] % P))


def encode(a):
    z = pow(a[2], -1, P)
    x, y = a[0] * z % P, a[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(octets):
    """The point that 32 bytes are, None where they are none (RFC 8032, section 5.1.3)."""
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & 2**255 - 1
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if x * x % P != xx:
        x = x * ROOT % P
    if x * x % P != xx or x == 0 and sign:
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_of_low_order(a):
    return encode(times(8, a)) == encode(NEUTRAL)


def sha512(*parts):
    return hashlib.sha512(b"".join(parts)).digest()


def to_curve(key, text):
    for attempt in range(256):
        point = decode(sha512(b"\3\1", key, text, bytes([attempt, 0]))[:32])
        if point and not is_of_low_order(point):
            return times(8, point)


def challenge(*points):
    return sha512(b"\3\2", *map(encode, points), b"\0")[:16]


def prove(secret, text):
    """A proof for a text, 80 bytes, by the 32 bytes of a private key (RFC 9381, section 5.1)."""
    expanded = hashlib.sha512(secret).digest()
    x = int.from_bytes(expanded[:32], "little") & (1 << 254) - 8 | 1 << 254
    key = times(x, BASE)
    hashed = to_curve(encode(key), text)
    gamma = times(x, hashed)
    nonce = int.from_bytes(sha512(expanded[32:], encode(hashed)), "little") % Q
    c = challenge(key, hashed, gamma, times(nonce, BASE), times(nonce, hashed))
    return encode(gamma) + c + ((nonce + int.from_bytes(c, "little") * x) % Q).to_bytes(32, "little")


def output(key, text, proof):
    """The 64 bytes that a proof shows, None where it or the key is none (RFC 9381, sections 5.3 and 5.4.5)."""
    point, gamma = decode(key), decode(proof[:32])
    c, s = int.from_bytes(proof[32:48], "little"), int.from_bytes(proof[48:], "little")
    if len(proof) != 80 or not point or not gamma or s >= Q or is_of_low_order(point):
        return None
    hashed = to_curve(key, text)
    u, v = minus(times(s, BASE), times(c, point)), minus(times(s, hashed), times(c, gamma))
    return sha512(b"\3\3", encode(times(8, gamma)), b"\0") if proof[32:48] == challenge(point, hashed, gamma, u, v) else None


def policy_of(c):
    """What a certificate says that its seed depends on beside image and key: canonical JSON."""
    engine, n = c["engine"], c["sampling"]["maxN"] if c.get("sampling") else c["n"]
    return canonical({"model": c["model"]["sha256"], "provider": engine["provider"], "precision": engine["precision"], "engine": engine["name"],
                      "engineVersion": engine["version"], "n": n, **{name: c[name] for name in ("sigma", "noise", "alpha", "n0", "plan")}}).encode()


def input_of(shape, pixels, policy):
    """What the function is of: an image, its channels, height and width and the uint8 values in this order, and a policy."""
    sides = b"".join(side.to_bytes(4, "big") for side in shape)
    return b"catrs noise v1" + hashlib.sha256(sides + pixels).digest() + hashlib.sha256(policy).digest()


def read_key(file):
    """The public key in a PEM file, and its id."""
    block = re.search("-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", file.read_text(), re.DOTALL)
    der = base64.b64decode(block[1]) if block else b""
    if der[:len(SPKI)] != SPKI or len(der) != len(SPKI) + 32:
        raise SystemExit(f"{file}: is no public Ed25519 key; 'openssl pkey -in PRIVATE -pubout -out FILE' writes one")
    return der[len(SPKI):], hashlib.sha256(der).hexdigest()[:16]


def read_policies(file):
    """The SHA-256 of each policy in a file, as 'deploy/catrs keys policy' prints them."""
    lines = [line.split(maxsplit=1) for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    for number, (name, *rest) in enumerate(lines, 1):
        if not re.fullmatch("[0-9a-f]{64}", name) or rest and hashlib.sha256(rest[0].strip().encode()).hexdigest() != name:
            raise SystemExit(f"{file}: policy {number} is none; needed is its SHA-256 and its JSON, as 'keys policy' prints them")
    if not lines:
        raise SystemExit(f"{file}: holds no policy; needed is one a line, as 'keys policy' prints them")
    return {line[0] for line in lines}


def seed_problems(c, image, key=None, published=None):
    """What is wrong with a certificate's seed; of a forced one, only the policy can be told without a key."""
    proof = c.get("noiseProof")
    if proof is None:
        if key:
            yield "its seed is not forced"
        return
    policy = policy_of(c)
    hashed = hashlib.sha256(policy).hexdigest()
    if c.get("policy") != hashed:
        yield f"its policy is {c.get('policy')}, that of its fields is {hashed}"
    if published is not None and c.get("policy") not in published:
        yield f"its policy {c.get('policy')} is none of those that were published: {policy.decode()}"
    if not key:
        return
    if c.get("noiseKey") != key[1]:
        yield f"it names the noise key {c.get('noiseKey')}, known are [{key[1]}]"
        return
    shown = output(key[0], input_of(image.shape, image.tobytes(), policy), base64.b64decode(proof))
    if shown is None:
        yield f"its noise proof shows no seed of the noise key {key[1]} for this image and policy"
    elif shown[:16].hex() != c["seed"]:
        yield f"its seed is {c['seed']}, the noise key forces {shown[:16].hex()}"


def require_forced_seed(c):
    """A ValueError where a certificate says of its seed what no reader takes."""
    given = [c.get(name) for name in ("noiseKey", "noiseProof", "policy")]
    if any(value is None for value in given) != all(value is None for value in given):
        raise ValueError("a forced seed comes with the id of its key, a proof and the policy's hash, found not all of them")
    if given[0] is None:
        return
    patterns = (("[0-9a-f]{16}", "a noise key's id has 16 lower-case hex digits, found {}"),
                ("[0-9A-Za-z+/]{106}[AEIMQUYcgkosw048]=", "a noise proof is the Base64 of 80 bytes, 108 characters, found {}"),
                ("[0-9a-f]{64}", "a SHA-256 has 64 lower-case hex digits, found '{}'"))
    for value, (pattern, problem) in zip(given, patterns):
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError(problem.format(value))
    if not c.get("sampling") or c["sampling"]["attempts"][-1].get("phase") is None:
        raise ValueError("a forced seed comes with attempts that name their phases, as those of version 3 do, found none named")

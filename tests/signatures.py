# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Signatures of certificates, for replay.py: Ed25519 over canonical JSON (RFC 8785)."""
import base64, hashlib, json
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization


def canonical(value):
    """The canonical JSON of RFC 8785, without members that are null."""
    if isinstance(value, dict):
        members = sorted((k for k in value if value[k] is not None), key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    digits, _, exponent = repr(float(value)).partition("e")  # ECMAScript writes 0.00001 and 1e-7 where Python has 1e-05 and 1e-07
    if exponent and -7 < int(exponent) < 0:
        return "0." + "0" * (-int(exponent) - 1) + digits.replace(".", "")
    return digits + (f"e{int(exponent):+d}" if exponent else "")


def signature_problems(c, file):
    key = serialization.load_pem_public_key(file.read_bytes())
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    signed = {name: value for name, value in c.items() if name not in ("signature", "key", "file")}
    try:
        key.verify(base64.b64decode(c.get("signature") or ""), canonical(signed).encode())
    except InvalidSignature:
        yield "the key has not signed this"
    if c.get("signingKey") != hashlib.sha256(spki).hexdigest()[:16]:
        yield f"it names the key {c.get('signingKey')}"

# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Lines with certificates, and their signatures, for replay.py: Ed25519 over canonical JSON (RFC 8785)."""
import base64, hashlib, json, math, pathlib
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization


SCHEMA = pathlib.Path(__file__).parent.parent / "schemas/events/src/main/resources/org/catrs/schemas/event/CertifiedPrediction.schema.json"
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None)}
NAMES = ("key", "file")  # members that commands add to name the image; no signature covers them
OTHER_NORMS = "otherNorms"  # what certify computes of the radius; no signature covers it, and nobody reads it


def read(line):
    """A line's certificate and the names beside it; a ValueError where there is more in the line, or something else."""
    def once(members):
        names = [name for name, _ in members]
        if len(set(names)) < len(names):
            raise ValueError("has a member twice")
        return dict(members)
    def no_number(text):
        raise ValueError("has the number " + text)
    certificate = json.loads(line, object_pairs_hook=once, parse_constant=no_number)
    if not isinstance(certificate, dict):
        raise ValueError("is no JSON object")
    names = {name: certificate.pop(name) for name in NAMES if name in certificate}
    certificate.pop(OTHER_NORMS, None)
    require(certificate, json.loads(SCHEMA.read_text()), "")
    return certificate, names


def is_inside(number, schema):
    inside = math.isfinite(number) and schema.get("minimum", -math.inf) <= number <= schema.get("maximum", math.inf)
    return inside and schema.get("exclusiveMinimum", -math.inf) < number < schema.get("exclusiveMaximum", math.inf)


def require(value, schema, path):
    """Members and types must be the schema's; a ValueError where one is not."""
    types = schema["type"] if isinstance(schema.get("type"), list) else [schema.get("type")]
    if "type" in schema and not any(isinstance(value, TYPES[name]) and not isinstance(value, bool) for name in types):
        raise ValueError(f"has the member {path.rstrip('.')} of no type that the schema has there")
    if isinstance(value, (int, float)) and not is_inside(value, schema):
        raise ValueError(f"has the member {path.rstrip('.')} of {value}, which is out of its range")
    if value is not None and "enum" in schema and value not in schema["enum"]:
        raise ValueError(f"has the value {value}, which the schema does not have")
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        raise ValueError(f"has an empty {path.rstrip('.')}")
    if isinstance(value, list) and len(value) < schema.get("minItems", 0):
        raise ValueError(f"has too few {path.rstrip('.')}")
    for element in value if isinstance(value, list) else ():
        require(element, schema.get("items", {}), path)
    if isinstance(value, dict):
        choices = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                raise ValueError("lacks the member " + path + name)
        for name, member in value.items():
            if name not in choices:
                raise ValueError("has the member " + path + name + ", which the schema does not have")
            require(member, choices[name], path + name + ".")


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
    signed = {name: value for name, value in c.items() if name != "signature"}
    text = c.get("signature") or ""
    try:
        signature = base64.b64decode(text, validate=True)
        if base64.b64encode(signature).decode() != text:
            raise InvalidSignature
        key.verify(signature, canonical(signed).encode())
    except (InvalidSignature, ValueError):
        yield "the key has not signed this"
    if c.get("signingKey") != hashlib.sha256(spki).hexdigest()[:16]:
        yield f"it names the key {c.get('signingKey')}"

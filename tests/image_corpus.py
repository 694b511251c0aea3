#!/usr/bin/env python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes PNG and JPEG files of every kind, and says what libpng and libjpeg, by Pillow, read from each.

needs:   python3-numpy, python3-pil
usage:   image_corpus.py FOLDER
writes:  the files, and FOLDER/expected.tsv: file, then "gray" or "rgb" and the SHA-256 of the values (C x H x W, a byte each),
         or "refused" and a word that the refusal must have.
"""
import hashlib
import io
import os
import struct
import sys
import zlib

import numpy
from PIL import Image

RANDOM = numpy.random.RandomState(7)
ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Corpus:
    def __init__(self, folder):
        self.folder = folder
        self.lines = []

    def accepted(self, name, content):
        """Adds a file whose values Pillow tells."""
        image = Image.open(io.BytesIO(content))
        image.load()
        gray = image.mode in ("L", "1", "LA") or (image.mode == "P" and is_gray(image))
        values = numpy.asarray(image.convert("RGB"))
        planes = values[..., :1] if gray else values
        self.write(name, content)
        digest = hashlib.sha256(planes.transpose(2, 0, 1).tobytes()).hexdigest()
        self.lines.append("%s\t%s\t%s" % (name, "gray" if gray else "rgb", digest))

    def refused(self, name, content, word):
        self.write(name, content)
        self.lines.append("%s\trefused\t%s" % (name, word))

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def close(self):
        with open(os.path.join(self.folder, "expected.tsv"), "w") as file:
            file.write("\n".join(self.lines) + "\n")


def is_gray(image):
    values = numpy.asarray(image.convert("RGB"))
    return bool((values[..., 0] == values[..., 1]).all() and (values[..., 0] == values[..., 2]).all())


def chunk(kind, content=b""):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def filtered(row, above, distance, kind):
    """A row as PNG's filters 0 to 4 write it."""
    left = numpy.concatenate([numpy.zeros(distance, int), row[:-distance]]) if len(row) > distance else numpy.zeros(len(row), int)
    corner = numpy.concatenate([numpy.zeros(distance, int), above[:-distance]]) if len(row) > distance else numpy.zeros(len(row), int)
    estimate = left + above - corner
    nearest = numpy.where(
        (abs(estimate - left) <= abs(estimate - above)) & (abs(estimate - left) <= abs(estimate - corner)),
        left, numpy.where(abs(estimate - above) <= abs(estimate - corner), above, corner))
    predicted = [numpy.zeros(len(row), int), left, above, (left + above) // 2, nearest][kind]
    return bytes([kind]) + ((row - predicted) % 256).astype("uint8").tobytes()


def packed(samples, depth):
    """Rows of samples, height x width x channels, as the bytes of their rows."""
    if depth == 8:
        return samples.reshape(samples.shape[0], -1).astype(int)
    bits = ((samples[..., 0, None] >> numpy.arange(depth - 1, -1, -1)) & 1).reshape(samples.shape[0], -1)
    return numpy.packbits(bits.astype("uint8"), axis=1).astype(int)


def image_data(samples, depth, interlaced):
    distance = max(1, samples.shape[2] * depth // 8)
    data = b""
    for top, left, down, across in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::down, left::across]
        if part.shape[0] == 0 or part.shape[1] == 0:
            continue
        rows = packed(part, depth)
        above = numpy.zeros(rows.shape[1], int)
        for row in rows:
            data += filtered(row, above, distance, int(RANDOM.randint(5)))
            above = row
    return data


def png(samples, kind, depth, interlaced=False, before=b"", after=b"", pieces=1, between=b""):
    height, width = samples.shape[:2]
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced)))
    data = zlib.compress(image_data(samples, depth, interlaced))
    size = -(-len(data) // pieces)
    parts = [chunk(b"IDAT", data[i:i + size]) for i in range(0, len(data), size)]
    return PNG_SIGNATURE + header + before + between.join(parts) + after + chunk(b"IEND")


def samples_of(kind, depth, height, width, colours=None):
    values = RANDOM.randint(0, colours or 1 << depth, (height, width, CHANNELS[kind]))
    if kind in (4, 6):
        values[..., -1] = 255
    return values


def palette(colours, gray=False):
    values = RANDOM.randint(0, 256, (colours, 3))
    if gray:
        values[:] = values[:, :1]
    return values.astype("uint8").tobytes()


EXTRAS = (chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 1, 2, 0))
          + chunk(b"tEXt", b"Comment\0words") + chunk(b"iCCP", b"odd\0\0" + zlib.compress(b"no profile")))


def pngs(corpus):
    for kind, depths in {0: (1, 2, 4, 8), 2: (8,), 3: (1, 2, 4, 8), 4: (8,), 6: (8,)}.items():
        for depth in depths:
            for height, width in ((1, 1), (3, 2), (7, 13), (28, 28)):
                for interlaced in (False, True):
                    before = b""
                    if kind == 3:
                        before = chunk(b"PLTE", palette(1 << depth, gray=height == 7))
                    values = samples_of(kind, depth, height, width)
                    name = "png-%d-%d-%dx%d%s.png" % (kind, depth, height, width, "-adam7" if interlaced else "")
                    corpus.accepted(name, png(values, kind, depth, interlaced, before))
    gray = samples_of(0, 8, 28, 28)
    corpus.accepted("png-extras.png", png(gray, 0, 8, before=EXTRAS, after=chunk(b"tIME", b"\7\xd0\1\1\0\0\0"), pieces=5))
    corpus.accepted("png-suggested-palette.png", png(samples_of(2, 8, 9, 9), 2, 8, before=chunk(b"PLTE", palette(16))))
    few = samples_of(3, 8, 9, 9, colours=5)
    corpus.accepted("png-short-palette.png", png(few, 3, 8, before=chunk(b"PLTE", palette(5))))
    corpus.accepted("png-key-unused.png", png(samples_of(0, 8, 9, 9, colours=200), 0, 8, before=chunk(b"tRNS", b"\0\xff")))
    corpus.refused("png-key-used.png", png(numpy.full((4, 4, 1), 77), 0, 8, before=chunk(b"tRNS", b"\0\x4d")), "opaque")
    corpus.refused("png-colour-key-used.png", png(numpy.full((4, 4, 3), 9), 2, 8, before=chunk(b"tRNS", b"\0\x09\0\x09\0\x09")),
                   "opaque")
    corpus.refused("png-palette-transparent.png",
                   png(few, 3, 8, before=chunk(b"PLTE", palette(5)) + chunk(b"tRNS", b"\0\0\0\0\0")), "opaque")
    for colours in range(4):
        corpus.refused("png-palette-of-%d.png" % colours, png(numpy.full((3, 3, 1), 4), 3, 8,
                       before=chunk(b"PLTE", palette(colours))), "palette")
    corpus.refused("png-palette-of-10-bytes.png", png(few, 3, 8, before=chunk(b"PLTE", palette(4)[:10])), "palette")
    corpus.refused("png-palette-of-257.png", png(few, 3, 8, before=chunk(b"PLTE", palette(257))), "palette")
    corpus.refused("png-palette-missing.png", png(few, 3, 8), "palette")
    corpus.refused("png-palette-twice.png", png(few, 3, 8, before=2 * chunk(b"PLTE", palette(5))), "palette")
    for fields, word in (((0, 28, 8, 0, 0, 0, 0), "28 x 0 pixels"), ((28, 0, 8, 0, 0, 0, 0), "0 x 28 pixels"),
                         ((28, 1 << 31, 8, 0, 0, 0, 0), "pixels"), ((28, 28, 3, 0, 0, 0, 0), "colour type 0 of 3 bits"),
                         ((28, 28, 4, 2, 0, 0, 0), "colour type 2 of 4 bits"), ((28, 28, 8, 5, 0, 0, 0), "colour type 5"),
                         ((28, 28, 8, 255, 0, 0, 0), "colour type 255"), ((28, 28, 8, 0, 1, 0, 0), "compression"),
                         ((28, 28, 8, 0, 0, 64, 0), "filter"), ((28, 28, 8, 0, 0, 0, 2), "interlace")):
        corpus.refused("png-header-%s.png" % "-".join(map(str, fields)), PNG_SIGNATURE
                       + chunk(b"IHDR", struct.pack(">IIBBBBB", *fields)) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND"),
                       word)
    corpus.refused("png-type-with-escape.png", png(gray, 0, 8, before=chunk(b"A\n\x1b[", b"x")), "four letters")
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 28, 28, 8, 0, 0, 0, 0))
    corpus.refused("png-second-header.png", png(gray, 0, 8, before=header), "second IHDR")
    corpus.refused("png-unknown-critical.png", png(gray, 0, 8, before=chunk(b"ABcd", b"x")), "ABcd")
    corpus.refused("png-between-data.png", png(gray, 0, 8, pieces=3, between=chunk(b"tEXt", b"a\0b")), "between")
    corpus.refused("png-animated.png", png(gray, 0, 8, before=chunk(b"acTL", struct.pack(">II", 1, 0))), "animated")
    corpus.refused("png-no-data.png", PNG_SIGNATURE + header + chunk(b"IEND"), "data")
    whole = png(gray, 0, 8, pieces=4)
    for cut in range(9, len(whole), 83):
        corpus.refused("png-cut-%d.png" % cut, whole[:cut], "PNG")
    for place in range(40, len(whole) - 12, 61):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        corpus.refused("png-bit-%d.png" % place, bytes(damaged), "PNG")


def jpeg(values, **options):
    out = io.BytesIO()
    Image.fromarray(values).save(out, "JPEG", **options)
    return out.getvalue()


def segments(content):
    """(marker, start, end) of each segment before the first scan, and that scan's start."""
    position, found = 2, []
    while content[position + 1] != 0xDA:
        length = struct.unpack(">H", content[position + 2:position + 4])[0]
        found.append((content[position + 1], position, position + 2 + length))
        position += 2 + length
    return found, position


def changed(content, drop=(), add=b"", ids=None, frame=None, precision=None):
    """A JPEG without some segments, with others before its tables, other component ids, another frame marker."""
    found, scan = segments(content)
    out = bytearray(content[:2] + add)
    for marker, start, end in found:
        if marker in drop:
            continue
        part = bytearray(content[start:end])
        if 0xC0 <= marker <= 0xC2:
            if ids:
                for i, number in enumerate(ids):
                    part[10 + 3 * i] = number
            part[1] = frame or part[1]
            part[4] = precision or part[4]
        out += part
    rest = bytearray(content[scan:])
    if ids:
        position = 0
        while position + 1 < len(rest):
            if rest[position] == 0xFF and rest[position + 1] == 0xDA:
                for i in range(rest[position + 4]):
                    rest[position + 5 + 2 * i] = ids[rest[position + 5 + 2 * i] - 1]
                position += 4
            position += 1
    return bytes(out + rest)


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
PROFILE = segment(0xE2, b"ICC_PROFILE\0\1\1" + b"no profile at all")
EXIF = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0")
COMMENT = segment(0xFE, b"words")


def adobe(transform):
    return segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform]))


def smooth(height, width, channels):
    grid = numpy.indices((height, width)).sum(axis=0)[..., None] * 5 + numpy.arange(channels) * 60
    noise = RANDOM.randint(0, 40, (height, width, channels))
    values = ((grid + noise) % 256).astype("uint8")
    return values[..., 0] if channels == 1 else values


def jpegs(corpus):
    for height, width in ((1, 1), (8, 8), (9, 17), (28, 28), (33, 50)):
        for quality in (15, 75, 100):
            for progressive in (False, True):
                name = "jpeg-%dx%d-%d%s" % (height, width, quality, "-progressive" if progressive else "")
                options = dict(quality=quality, progressive=progressive)
                corpus.accepted(name + "-gray.jpg", jpeg(smooth(height, width, 1), **options))
                for subsampling in (0, 1, 2):
                    corpus.accepted("%s-%d.jpg" % (name, subsampling),
                                    jpeg(smooth(height, width, 3), subsampling=subsampling, **options))
    for subsampling in (0, 2):
        for progressive in (False, True):
            base = jpeg(smooth(28, 28, 3), quality=90, subsampling=subsampling, progressive=progressive)
            for name, ids in (("123", (1, 2, 3)), ("rgb", b"RGB"), ("012", (0, 1, 2)), ("345", (3, 4, 5)), ("others", (9, 200, 77))):
                for marks, add in (("none", b""), ("jfif", JFIF), ("adobe0", adobe(0)), ("adobe1", adobe(1)),
                                   ("jfif-adobe0", JFIF + adobe(0)), ("adobe0-jfif", adobe(0) + JFIF)):
                    corpus.accepted("jpeg-%d%s-%s-%s.jpg" % (subsampling, "p" if progressive else "", name, marks),
                                    changed(base, drop=(0xE0,), add=add, ids=ids))
    colour, gray = jpeg(smooth(28, 28, 3), quality=90), jpeg(smooth(28, 28, 1), quality=90)
    for name, add in (("profile", PROFILE), ("exif", EXIF), ("comment", COMMENT), ("all", COMMENT + EXIF + PROFILE)):
        corpus.accepted("jpeg-%s.jpg" % name, changed(colour, add=add))
        corpus.accepted("jpeg-%s-gray.jpg" % name, changed(gray, add=add))
    corpus.accepted("jpeg-more-behind.jpg", colour + b"more")
    cmyk = io.BytesIO()
    Image.fromarray(numpy.dstack([smooth(28, 28, 3), numpy.full((28, 28), 255, "uint8")]), "CMYK").save(cmyk, "JPEG")
    corpus.refused("jpeg-cmyk.jpg", changed(cmyk.getvalue(), drop=(0xEE,)), "CMYK")
    corpus.refused("jpeg-cmyk-adobe.jpg", changed(cmyk.getvalue(), drop=(0xEE,), add=adobe(0)), "CMYK")
    corpus.refused("jpeg-ycck.jpg", changed(cmyk.getvalue(), drop=(0xEE,), add=adobe(2)), "YCCK")
    corpus.refused("jpeg-12-bit.jpg", changed(colour, precision=12), "12-bit")
    for marker, word in ((0xC3, "lossless"), (0xC5, "hierarchical"), (0xC7, "hierarchical"), (0xC9, "arithmetic"),
                         (0xCA, "arithmetic"), (0xCB, "lossless"), (0xCF, "hierarchical")):
        corpus.refused("jpeg-sof-%x.jpg" % marker, changed(colour, frame=marker), word)
    progressive = jpeg(smooth(28, 28, 1), progressive=True)
    scan = progressive.rindex(b"\xff\xda")
    corpus.refused("jpeg-101-scans.jpg", progressive[:scan] + 101 * progressive[scan:-2] + progressive[-2:], "scans")
    corpus.refused("jpeg-second-frame.jpg", changed(colour, add=segment(0xC0, b"\x08\0\x1c\0\x1c\1\1\x11\0")), "frame")
    for cut in range(4, len(colour) - 1, 97):
        corpus.refused("jpeg-cut-%d.jpg" % cut, colour[:cut], "JPEG")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    corpus = Corpus(sys.argv[1])
    pngs(corpus)
    jpegs(corpus)
    corpus.close()


if __name__ == "__main__":
    main()

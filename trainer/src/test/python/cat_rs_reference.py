#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Numbers that CatRsReferenceTest expects: Algorithm 1 of CAT-RS, computed with PyTorch as it stands in the paper.

needs:  apt-get install -y python3-torch python3-numpy     (PyTorch 1.13)
usage:  cat_rs_reference.py > ../resources/org/catrs/trainer/method/cat-rs-reference.tsv

Every noise of every image is attacked, all passes have their own backward pass, nothing is left out. Weights, images and
noises are values of a sine, which the test computes too, so that only results are written down. A line is a case; its
columns are the arguments, the p_hat of each image, the mean L_low and lambda * 1[p_hat = 1] * L_high, and the gradient:
its norm, its sum and some single values.
"""
import numpy as np
import torch
import torch.nn.functional as F

SIZE, CLASSES, IMAGES, SIGMA = 16, 3, 4, 0.5
SHAPES = [(20, 1, 5, 5), (20,), (50, 20, 5, 5), (50,), (500, 50), (500,), (CLASSES, 500), (CLASSES,)]
POSITIONS = [0, 300, 505, 600, 25000, 25569, 25600, 40000, 51069, 51100, 52000, 52571]


def wave(count, start):
    """count values in [-1, 1] that look random: the fractional part of a large multiple of a sine."""
    i = np.arange(start, start + count, dtype=np.float64)
    x = np.sin(i * 12.9898) * 43758.5453
    return 2 * (x - np.floor(x)) - 1


def logits(parameters, x):
    w1, b1, w2, b2, w3, b3, w4, b4 = parameters
    x = F.max_pool2d(F.relu(F.conv2d(x, w1, b1)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, w2, b2)), 2)
    return F.linear(F.relu(F.linear(x.flatten(1), w3, b3)), w4, b4)


def network(scale):
    parameters, start = [], 0
    for shape in SHAPES:
        count = int(np.prod(shape))
        fan_in = count // shape[0] if len(shape) > 1 else fan_in
        values = scale * wave(count, start) * np.sqrt(6 / fan_in)
        parameters.append(torch.tensor(values.reshape(shape), dtype=torch.float32, requires_grad=True))
        start += count
    return parameters


def standardise(noise, start):
    mean, rms = noise.mean(), noise.square().mean().sqrt()
    return start.mean() + start.square().mean().sqrt() * (noise - mean) / rms


def attack(parameters, x, y, start, epsilon, steps):
    delta = start
    for _ in range(steps):
        delta = delta.detach().requires_grad_()
        loss = F.cross_entropy(logits(parameters, (x + delta)[None]), y[None])
        gradient, = torch.autograd.grad(loss, delta)
        moved = delta.detach() + 2 * epsilon / steps * gradient / (gradient.norm() + 1e-8) - start
        delta = standardise(start + moved * min(1.0, epsilon / moved.norm().item()), start)
    return delta.detach()


def case(scale, noises, epsilon, steps, weight, p0, k):
    """k: what Bin(M, p_hat) gives for each image whose p_hat is neither 0 nor 1."""
    parameters = network(scale)
    images = torch.tensor((wave(IMAGES * SIZE * SIZE, 1_000_000) + 1) / 2, dtype=torch.float32)
    noise = torch.tensor(SIGMA * wave(IMAGES * noises * SIZE * SIZE, 2_000_000), dtype=torch.float32)
    images, noise = images.view(IMAGES, 1, SIZE, SIZE), noise.view(IMAGES, noises, 1, SIZE, SIZE)
    hits, low, high = [], 0, 0
    for i in range(IMAGES):
        y = torch.tensor(LABELS[i])
        out = logits(parameters, images[i] + noise[i])
        right = int((out.argmax(1) == y).sum())
        losses = F.cross_entropy(out, y.repeat(noises), reduction="none").sort().values
        drawn = right if right in (0, noises) else k
        easy = max(1, drawn)
        low = low + (losses[:easy].sum() + (losses[easy:] + np.log(p0)).clamp(min=0).sum()) / noises
        if right == noises:
            worst = [attack(parameters, images[i], y, noise[i, j], epsilon, steps) for j in range(noises)]
            out = logits(parameters, images[i] + torch.stack(worst))
            high = high + weight * F.cross_entropy(out, y.repeat(noises), reduction="none").max()
        hits.append(right)
    loss = (low + high) / IMAGES
    gradient = torch.cat([g.flatten() for g in torch.autograd.grad(loss, parameters)])
    value = lambda x: "%.7g" % float(x)
    return [value(scale), str(noises), value(epsilon), str(steps), value(weight), value(p0), str(k),
            ",".join(map(str, hits)), value(low / IMAGES), value(high / IMAGES), value(gradient.norm()),
            value(gradient.double().sum()), ",".join(value(gradient[p]) for p in POSITIONS)]


LABELS = [0, 1, 2, 0]

if __name__ == "__main__":
    print("scale noises epsilon steps lambda p0 k hits low high norm sum gradient".replace(" ", "\t"))
    for arguments in [(1.0, 1, 1.0, 4, 1.0, 0.2, 1), (1.0, 2, 1.0, 4, 1.0, 0.2, 1), (1.0, 4, 1.0, 4, 1.0, 0.2, 0),
                      (1.0, 4, 1.0, 4, 1.0, 0.2, 2), (1.0, 4, 0.5, 2, 2.0, 0.9, 3), (1.0, 4, 1.0, 1, 0.5, 1.0, 1)]:
        print("\t".join(case(*arguments)))

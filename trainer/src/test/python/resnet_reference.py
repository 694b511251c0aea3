#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Numbers that ResNetReferenceTest expects: ResNet-20 in training and in use, computed with PyTorch.

needs:  apt-get install -y python3-torch python3-numpy     (PyTorch 1.13)
usage:  resnet_reference.py > ../resources/org/catrs/trainer/method/resnet-reference.tsv

CAT-RS is Algorithm 1 as it stands in the paper, in the manner of its authors' code: attacks on every noise of every image
with the network in use, its running statistics and parameters frozen; one training pass on all noises, one on all worst
noises, each moving the running statistics. Parameters, images and noises are values of a sine, which the test computes
too. A line is a case: its name, the labels, the mean of the loss's two parts, the gradient (norm, sum, the elements at
some places), and the running statistics after it (norm, sum).
"""
import numpy as np
import torch
import torch.nn.functional as F

SIZE, CLASSES, IMAGES, NOISES, SIGMA = 8, 3, 4, 2, 0.25
EPSILON, STEPS, LAMBDA, P0 = 1.0, 2, 1.0, 0.2
MEAN, DEVIATION = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)
POSITIONS = [0, 431, 440, 450, 5000, 30000, 100000, 200000, 270000, 272000]


def wave(count, start):
    """count values in [-1, 1] that look random: the fractional part of a large multiple of a sine."""
    i = np.arange(start, start + count, dtype=np.float64)
    x = np.sin(i * 12.9898) * 43758.5453
    return 2 * (x - np.floor(x)) - 1


def tensor(values, shape):
    return torch.tensor(np.asarray(values, dtype=np.float32).astype(np.float64).reshape(shape))


class ResNet20:
    """Parameters are drawn as the network is first computed, in the order of its layers."""

    def __init__(self):
        self.parameters, self.statistics, self.trained, self.counted = [], [], 0, 0
        self.training, self.built = False, False
        self.logits(torch.zeros(1, 3, SIZE, SIZE, dtype=torch.float64))
        self.built = True

    def parameter(self, shape, scale, middle=0.0):
        if not self.built:
            count = int(np.prod(shape))
            self.parameters.append(tensor(middle + scale * wave(count, self.trained), shape).requires_grad_())
            self.trained += count
        self.next += 1
        return self.parameters[self.next - 1]

    def normalised(self, x, filters, kernel, stride):
        fan_in = x.shape[1] * kernel * kernel
        weight = self.parameter((filters, x.shape[1], kernel, kernel), np.sqrt(6 / fan_in))
        scale, shift = self.parameter((filters,), 0.25, 0.5), self.parameter((filters,), 0.1)
        if not self.built:
            mean = tensor(0.1 * wave(filters, 5_000_000 + self.counted), (filters,))
            variance = tensor(1 + 0.5 * wave(filters, 5_000_000 + self.counted + filters), (filters,))
            self.statistics += [mean, variance]
            self.counted += 2 * filters
        mean, variance = self.statistics[self.next_statistic:self.next_statistic + 2]
        self.next_statistic += 2
        x = F.conv2d(x, weight, stride=stride, padding=kernel // 2)
        return F.batch_norm(x, mean, variance, scale, shift, self.training, 0.1, 1e-5)

    def logits(self, x):
        self.next, self.next_statistic = 0, 0
        view = lambda values: torch.tensor(values, dtype=torch.float32).double().view(1, 3, 1, 1)
        x = F.relu(self.normalised((x - view(MEAN)) / view(DEVIATION), 16, 3, 1))
        for filters, stride in [(16, 1)] * 3 + [(32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1)]:
            body = F.relu(self.normalised(x, filters, 3, stride))
            body = self.normalised(body, filters, 3, 1)
            if stride > 1:
                x = self.normalised(x, filters, 1, stride)
            x = F.relu(x + body)
        x = x.mean((2, 3))
        weight = self.parameter((CLASSES, 64), np.sqrt(6 / 64))
        return F.linear(x, weight, self.parameter((CLASSES,), 0.1))


def standardise(noise, start):
    mean, rms = noise.mean((2, 3, 4), True), noise.square().mean((2, 3, 4), True).sqrt()
    return start.mean((2, 3, 4), True) + start.square().mean((2, 3, 4), True).sqrt() * (noise - mean) / rms


def norm(x):
    return x.square().sum((2, 3, 4), True).sqrt()


def attack(network, images, labels, start):
    network.training, delta = False, start
    for _ in range(STEPS):
        delta = delta.detach().requires_grad_()
        out = network.logits((images[:, None] + delta).flatten(0, 1))
        gradient, = torch.autograd.grad(F.cross_entropy(out, labels, reduction="sum"), delta)
        moved = delta.detach() + 2 * EPSILON / STEPS * gradient / (norm(gradient) + 1e-8) - start
        delta = standardise(start + moved * (EPSILON / norm(moved).clamp(min=EPSILON)), start)
    network.training = True
    return delta.detach()


def data(noises):
    images = tensor((wave(IMAGES * 3 * SIZE * SIZE, 1_000_000) + 1) / 2, (IMAGES, 3, SIZE, SIZE))
    noise = tensor(SIGMA * wave(IMAGES * noises * 3 * SIZE * SIZE, 2_000_000), (IMAGES, noises, 3, SIZE, SIZE))
    return images, noise


def labels_for(out):
    """The class of both noises for the first images that have one, a class of neither for the others."""
    found, both = [], 0
    for first, second in out.argmax(1).view(IMAGES, NOISES).tolist():
        agree = first == second and both < 2
        both += agree
        found.append(first if agree else min({0, 1, 2} - {first, second}))
    return torch.tensor(found)


def row(name, labels, network, low, high):
    gradient = torch.cat([g.flatten() for g in torch.autograd.grad(low + high, network.parameters)])
    statistics = torch.cat(network.statistics)
    value = lambda x: "%.9g" % float(x)
    print("\t".join([name, ",".join(map(str, labels.tolist())), value(low), value(high), value(gradient.norm()),
                     value(gradient.sum()), ",".join(value(gradient[p]) for p in POSITIONS),
                     value(statistics.norm()), value(statistics.sum())]))


def gaussian():
    network = ResNet20()
    images, noise = data(1)
    labels = torch.tensor([0, 1, 2, 0])
    network.training = True
    out = network.logits(images + noise[:, 0])
    row("gaussian", labels, network, F.cross_entropy(out, labels), torch.tensor(0.0))


def cat_rs(ablation):
    network = ResNet20()
    images, noise = data(NOISES)
    network.training = True
    saved = [statistic.clone() for statistic in network.statistics]
    labels = labels_for(network.logits((images[:, None] + noise).flatten(0, 1)))
    for statistic, before in zip(network.statistics, saved):
        statistic.copy_(before)
    repeated = labels.repeat_interleave(NOISES)
    out = network.logits((images[:, None] + noise).flatten(0, 1))
    losses = F.cross_entropy(out, repeated, reduction="none").view(IMAGES, NOISES).sort(1).values
    certain = (out.argmax(1) == repeated).view(IMAGES, NOISES).all(1)
    assert 0 < certain.sum() < IMAGES
    easiest = torch.where(certain, losses.sum(1), losses[:, 0] + (losses[:, 1:] + np.log(P0)).clamp(min=0).sum(1))
    worst = attack(network, images, repeated, noise)
    out = network.logits((images[:, None] + worst).flatten(0, 1))
    found = F.cross_entropy(out, repeated, reduction="none").view(IMAGES, NOISES)
    high = found.mean(1) if ablation == "avg-max" else found.max(1).values
    mask = torch.ones(IMAGES) if ablation == "unmasked" else certain.double()
    row("cat-rs " + ablation, labels, network, easiest.sum() / NOISES / IMAGES, LAMBDA * (mask * high).mean())


def in_use():
    network = ResNet20()
    images, _ = data(1)
    print("in use\t" + ",".join("%.9g" % float(x) for x in network.logits(images).flatten()))


if __name__ == "__main__":
    in_use()
    gaussian()
    for name in ("none", "avg-max", "unmasked"):
        cat_rs(name)

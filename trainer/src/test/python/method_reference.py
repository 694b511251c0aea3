#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Numbers that MethodReferenceTest expects: the training methods, computed with PyTorch as they stand in the papers.

needs:  apt-get install -y python3-torch python3-numpy     (PyTorch 1.13)
usage:  method_reference.py > ../resources/org/catrs/trainer/method/method-reference.tsv

Images are taken one by one, every attack is run to its end, all passes have their own backward pass, nothing is left out.
Weights, images, noises and every uniform draw are values of a sine, which the test computes too, so that only results are
written down. A line is a case; its columns are the method, the factor of the weights, the method's settings, the copies of
each image that are classified correctly, the mean losses (on plain noise, and what the method adds), and the gradient: its
norm, its sum and some single values.
"""
import math
import numpy as np
import torch
import torch.nn.functional as F

SIZE, CLASSES, SIGMA, EPOCH = 16, 3, 0.5, 1
LABELS = [0, 1, 2, 0]
SHAPES = [(20, 1, 5, 5), (20,), (50, 20, 5, 5), (50,), (500, 50), (500,), (CLASSES, 500), (CLASSES,)]
POSITIONS = [0, 300, 505, 600, 25000, 25569, 25600, 40000, 51069, 51100, 52000, 52571]


def wave(count, start):
    """count values in [-1, 1] that look random: the fractional part of a large multiple of a sine."""
    i = np.arange(start, start + count, dtype=np.float64)
    x = np.sin(i * 12.9898) * 43758.5453
    return 2 * (x - np.floor(x)) - 1


class Uniforms:
    """What a method draws from, in its order."""

    def __init__(self):
        self.drawn = 0

    def next(self):
        self.drawn += 1
        return float(wave(1, 3_000_000 + self.drawn - 1)[0] + 1) / 2


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


class Image:
    """One image with its noises, as a method sees it."""

    def __init__(self, parameters, x, y, index, noise, uniforms):
        self.x, self.y, self.index, self.noise, self.uniforms = x, y, index, noise, uniforms
        self.m, self.parameters = len(noise), parameters

    def logits(self, x):
        return logits(self.parameters, x if x.dim() == 4 else x[None])

    def losses(self, out):
        return F.cross_entropy(out, torch.tensor([self.y] * len(out)), reduction="none")

    def right(self, out):
        return int((out.argmax(1) == self.y).sum())

    def binomial(self, p):
        return sum(self.uniforms.next() < p for _ in range(self.m))

    def target(self):
        """What a smoothed classifier is taken to say of this image."""
        votes = torch.tensor(wave(CLASSES, 4_000_000 + self.index * CLASSES) + 1, dtype=torch.float32)
        return votes / votes.sum()


def ascend(start, loss, steps, length, constrain):
    at = start
    for _ in range(steps):
        at = at.detach().requires_grad_()
        gradient, = torch.autograd.grad(loss(at), at)
        at = constrain(at.detach() + length * gradient / (gradient.norm() + 1e-8)).detach()
    return at


def into_ball(at, centre, radius):
    way = at - centre
    return centre + way * min(1.0, radius / max(way.norm().item(), 1e-30))


def standardise(noise, start):
    mean, rms = noise.mean(), noise.square().mean().sqrt()
    return start.mean() + start.square().mean().sqrt() * (noise - mean) / rms


def divergence(target, out):
    return (target * (target.log() - F.log_softmax(out, 1))).sum(1)


def gaussian(image, s):
    out = image.logits(image.x + image.noise)
    return image.right(out), image.losses(out).mean(), 0


def stability(image, s):
    clean, noisy = image.logits(image.x), image.logits(image.x + image.noise)
    cross = -(F.softmax(clean, 1) * F.log_softmax(noisy, 1)).sum(1).mean()
    return image.right(noisy), image.losses(clean).mean(), s["lambda"] * cross


def smoothed_loss(image):
    return lambda x: -F.softmax(image.logits(x + image.noise), 1).mean(0)[image.y].log()


def smoothadv(image, s):
    plain = image.logits(image.x + image.noise)
    epsilon = s["epsilon"] * min(1, EPOCH / s["warm-up"]) if s["warm-up"] else s["epsilon"]
    found = ascend(image.x, smoothed_loss(image), s["pgd-steps"], 2 * epsilon / s["pgd-steps"],
                   lambda at: into_ball(at.clamp(0, 1), image.x, epsilon))
    return image.right(plain), 0, image.losses(image.logits(found + image.noise)).mean()


def macer(image, s):
    out = image.logits(image.x + image.noise)
    base = -torch.log(F.softmax(out, 1).mean(0)[image.y] + 1e-10)
    top, which = F.softmax(s["beta"] * out, 1).mean(0).topk(2)
    normal = torch.distributions.Normal(0, 1)
    margin = normal.icdf(top[0]) - normal.icdf(top[1])
    robust = 0
    if EPOCH >= s["delay"] and which[0] == image.y and torch.isfinite(margin) and abs(margin) <= s["gamma"]:
        robust = s["lambda"] * SIGMA / 2 * (s["gamma"] - margin)
    return image.right(out), base, robust


def consistency(image, s):
    out = image.logits(image.x + image.noise)
    mean = F.softmax(out, 1).mean(0)
    spread = (mean * (mean.log() - F.log_softmax(out, 1))).sum(1).mean()
    entropy = -(mean * mean.log()).sum()
    return image.right(out), image.losses(out).mean(), s["lambda"] * spread + s["eta"] * entropy


def smoothmix(image, s):
    strength = min(1, EPOCH / s["warm-up"])
    share = (1 - image.uniforms.next()) / 2
    steps, length, pixels = s["pgd-steps"], s["step-length"], lambda at: at.clamp(0, 1)
    start, centre = image.x, image.x
    if s["one-step"] == "true":
        start, steps = ascend(image.x, smoothed_loss(image), 1, length, pixels), steps - 1
        centre = pixels(into_ball(start, image.x, strength * length))
    found = ascend(start, smoothed_loss(image), steps, length, pixels)
    out = image.logits(centre + image.noise)
    mean = F.softmax(out, 1).mean(0)
    target = (1 - share) * mean + share / CLASSES
    mixed = image.logits((1 - share) * centre + share * found + image.noise)
    robust = s["eta"] * strength * divergence(target, mixed).mean() if mean.argmax() == image.y else 0
    return image.right(out), image.losses(out).mean(), robust


def worst_losses(image, s, loss):
    """The loss at what is found from each noise, section 3.2."""
    found = [ascend(delta, lambda at: loss(image.logits(image.x + at)), s["pgd-steps"], 2 * s["epsilon"] / s["pgd-steps"],
                    lambda at: standardise(into_ball(at, delta, s["epsilon"]), delta)) for delta in image.noise]
    return loss(image.logits(image.x + torch.stack(found)))


def cat_rs(image, s):
    out = image.logits(image.x + image.noise)
    right = image.right(out)
    ordered = image.losses(out).sort().values
    ablation = s.get("ablation", "none")
    low = 0
    if ablation != "high-only":
        easy = max(1, image.binomial(right / image.m))
        low = (ordered[:easy].sum() + (ordered[easy:] + math.log(s["p0"])).clamp(min=0).sum()) / image.m
    high = worst_losses(image, s, image.losses)
    high = high.mean() if ablation == "avg-max" else high.max()
    if ablation == "low-only" or (right < image.m and ablation in ("none", "avg-max")):
        high = 0
    return right, low, s["lambda"] * high


def cat_rs_kl(image, s):
    out = image.logits(image.x + image.noise)
    right = image.right(out)
    easy = max(1, image.binomial(right / image.m))
    low = image.losses(out).sort().values[:easy].sum() / image.m
    high = 0
    if easy == image.m:
        high = worst_losses(image, s, lambda at: divergence(image.target(), at)).max()
    return right, low, s["lambda"] * high


def case(method, scale, **settings):
    settings = {name.replace("_", "-"): value for name, value in settings.items()}
    m, count, pixels = settings["noises"], len(LABELS), SIZE * SIZE
    parameters, uniforms = network(scale), Uniforms()
    images = torch.tensor((wave(count * pixels, 1_000_000) + 1) / 2, dtype=torch.float32).view(count, 1, SIZE, SIZE)
    noise = torch.tensor(SIGMA * wave(count * m * pixels, 2_000_000), dtype=torch.float32)
    noise = noise.view(count, m, 1, SIZE, SIZE)
    results = [method(Image(parameters, images[i], LABELS[i], i, noise[i], uniforms), settings) for i in range(count)]
    hits, base, robust = zip(*results)
    loss = (sum(base) + sum(robust)) / count
    gradient = torch.cat([g.flatten() for g in torch.autograd.grad(loss, parameters)])
    value = lambda x: "%.7g" % float(x)
    return [method.__name__.replace("_", "-"), value(scale),
            ",".join(name + "=" + str(value) for name, value in settings.items()), ",".join(map(str, hits)),
            value(sum(base) / count), value(sum(robust) / count), value(gradient.norm()), value(gradient.double().sum()),
            ",".join(value(gradient[p]) for p in POSITIONS)]


def cases():
    for m in (1, 2, 4):
        yield case(gaussian, 1.0, noises=m)
        yield case(stability, 1.0, noises=m, **{"lambda": 2.0})
        yield case(smoothadv, 1.0, noises=m, epsilon=1.0, pgd_steps=4, warm_up=2.0)
        yield case(macer, 1.0, noises=m, **{"lambda": 6.0}, gamma=4.0, beta=1.0, delay=0.0)
        yield case(consistency, 1.0, noises=m, **{"lambda": 10.0}, eta=0.5)
        yield case(smoothmix, 1.0, noises=m, eta=5.0, step_length=1.0, pgd_steps=4, one_step="false", warm_up=2.0)
        yield case(cat_rs, 1.0, noises=m, epsilon=1.0, pgd_steps=4, **{"lambda": 1.0}, p0=0.2)
        yield case(cat_rs_kl, 1.0, noises=m, epsilon=1.0, pgd_steps=4, **{"lambda": 2.0})
    yield case(smoothadv, 1.0, noises=4, epsilon=2.0, pgd_steps=2, warm_up=0.0)
    yield case(macer, 0.3, noises=4, **{"lambda": 16.0}, gamma=8.0, beta=16.0, delay=1.0)
    yield case(macer, 0.3, noises=4, **{"lambda": 16.0}, gamma=8.0, beta=16.0, delay=1.5)
    yield case(smoothmix, 1.0, noises=2, eta=1.0, step_length=0.3, pgd_steps=2, one_step="true", warm_up=4.0)
    yield case(cat_rs, 1.0, noises=4, epsilon=0.5, pgd_steps=2, **{"lambda": 2.0}, p0=0.9)
    yield case(cat_rs, 1.0, noises=4, epsilon=1.0, pgd_steps=1, **{"lambda": 0.5}, p0=1.0)
    for ablation in ("low-only", "high-only", "unmasked", "avg-max"):
        yield case(cat_rs, 1.0, noises=4, epsilon=1.0, pgd_steps=4, **{"lambda": 0.5}, p0=0.2, ablation=ablation)


if __name__ == "__main__":
    print("method scale settings hits base robust norm sum gradient".replace(" ", "\t"))
    for line in cases():
        print("\t".join(line))

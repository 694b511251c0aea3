#!/usr/bin/python3
# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
"""Networks as PyTorch exports them, and votes of PyTorch on the noise of certificates that catrs gave with them.

make writes, for each kind of network, KIND.onnx as its owner would export it, and KIND.args, what has to be said of it to
`adopt`, one argument a line; and images. check draws the noise of the certificates in KIND.jsonl again (NOISE.md, as in replay.py), runs
the networks in PyTorch after a preparation in PyTorch, and compares all votes, but for samples whose two largest scores
are equal up to rounding.

needs:  python3-cryptography, python3-mpmath, python3-numpy, python3-onnx, python3-pil, python3-scipy, python3-torch
usage:  foreign_networks.py make|check FOLDER
"""
import json, pathlib, sys
import numpy as np
import onnx, torch
from PIL import Image
from torch import nn
from replay import Noise, read_images

SIDE, CLASSES, TIE = 16, 5, 1e-4


def normalized(*numbers):
    mean, deviation = (torch.tensor(part).view(-1, 1, 1) for part in numbers)
    return lambda pixels: (pixels - mean) / deviation


IMAGENET = normalized((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CAFFE = normalized((123.68, 116.779, 103.939), (1.0, 1.0, 1.0))


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first, self.second = nn.Conv2d(channels, channels, 3, padding=1), nn.Conv2d(channels, channels, 3, padding=1)
        self.norms = nn.ModuleList([nn.BatchNorm2d(channels), nn.BatchNorm2d(channels)])

    def forward(self, x):
        return torch.relu(x + self.norms[1](self.second(torch.relu(self.norms[0](self.first(x))))))


class SqueezeAndExcite(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.less, self.more = nn.Conv2d(channels, 4, 1), nn.Conv2d(4, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.more(torch.relu(self.less(x.mean((2, 3), keepdim=True)))))


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv2d(8 + 4 * i, 4, 3, padding=1) for i in range(2))

    def forward(self, x):
        for layer in self.layers:
            x = torch.cat([x, layer(torch.relu(x))], 1)
        return x


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches, self.token = nn.Conv2d(3, 16, 4, 4), nn.Parameter(torch.randn(1, 1, 16) / 8)
        self.places = nn.Parameter(torch.randn(1, 17, 16) / 8)
        self.layer, self.head = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True), nn.Linear(16, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.places
        return self.head(self.layer(3 * x)[:, 0])


class Wrapped(nn.Module):
    """With something before and something behind it."""

    def __init__(self, network, before=lambda x: x, behind=lambda x: x):
        super().__init__()
        self.network, self.before, self.behind = network, before, behind

    def forward(self, x):
        return self.behind(self.network(self.before(x)))


def head(channels, classes=CLASSES):
    return [nn.Flatten(), nn.Linear(channels * SIDE * SIDE // 16, classes)]


def convolutional(*middle, channels=8, classes=CLASSES):
    return nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), *middle,
                         nn.AvgPool2d(2), *head(channels, classes))


def last(x):
    return x.permute(0, 2, 3, 1)


def first(x):
    return x.permute(0, 3, 1, 2)


def kinds():
    """By name: the network, what its owner's program does to pixels of 0 to 1, and what is said of it."""
    mobile = [nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.ReLU6(), nn.Conv2d(8, 8, 1), nn.Hardswish()]
    same = lambda x: x
    return {
        "resnet": (convolutional(Block(8)), IMAGENET, "--preparation imagenet", {}),
        "resnet-of-one-image": (convolutional(Block(8)), IMAGENET, "--preparation imagenet", {"dynamic_axes": None}),
        "resnet-of-four-images": (convolutional(Block(8)), IMAGENET, "--preparation imagenet", {"batch": 4, "dynamic_axes": None}),
        "resnet-in-two-files": (convolutional(Block(8)), IMAGENET, "--preparation imagenet", {"apart": True}),
        "mobilenet": (convolutional(*mobile), normalized((0.5,), (0.5,)), "--preparation -1..1", {}),
        "squeeze-and-excitation": (convolutional(SqueezeAndExcite(8)), same, "--preparation none", {}),
        "densenet": (convolutional(Dense(), channels=16), same, "--preparation none", {"opset_version": 11}),
        "caffe": (convolutional(), lambda x: CAFFE(255 * x).flip(1), "--scale 0..255 --mean 123.68,116.779,103.939 --channel-order bgr", {}),
        "transformer": (Transformer(), IMAGENET, "--preparation imagenet", {}),
        "transformer-of-one-image": (Transformer(), IMAGENET, "--preparation imagenet", {"dynamic_axes": None}),
        "keras": (Wrapped(convolutional(), first), lambda x: last(255 * x), "--scale 0..255", {}),
        "bytes": (Wrapped(convolutional(), lambda x: first(x.float() / 255)),
                  lambda x: last((255 * x).clamp(0, 255).round().to(torch.uint8)), "", {}),
        "double": (nn.Sequential(nn.Flatten(), nn.Linear(3 * SIDE * SIDE, CLASSES)).double(),
                   lambda x: x.double(), "--preparation none", {}),
        "flat": (nn.Sequential(nn.Linear(3 * SIDE * SIDE, 32), nn.GELU(), nn.Linear(32, CLASSES)),
                 lambda x: x.flatten(1), f"--preparation none --size 3,{SIDE},{SIDE}", {}),
        "sigmoid": (Wrapped(convolutional(classes=1), behind=torch.sigmoid), same, "--preparation none", {}),
        "logit": (Wrapped(convolutional(classes=1), behind=lambda x: x.squeeze(1)), same, "--preparation none --threshold 0", {}),
        "softmax": (Wrapped(convolutional(), behind=lambda x: torch.softmax(x, 1)), same, "--preparation none", {}),
        "scores-with-height-and-width": (Wrapped(convolutional(), behind=lambda x: x[:, :, None, None]), same, "--preparation none", {}),
        "two-outputs": (Wrapped(convolutional(), behind=lambda x: (x.argmax(1), x, x.sum(1, keepdim=True))), same,
                        "--preparation none --output out1", {"output_names": ["out0", "out1", "out2"]}),
        "open-size": (convolutional(Block(8)), same, f"--preparation none --size {SIDE},{SIDE}",
                      {"dynamic_axes": {"x": {0: "batch", 2: "height", 3: "width"}}}),
    }


def noisy_images(count):
    squares = torch.rand(count, 3, 4, 4).repeat_interleave(SIDE // 4, 2).repeat_interleave(SIDE // 4, 3)
    return squares + 0.25 * torch.randn(count, 3, SIDE, SIDE)


def seeded():
    """The networks with the same weights in each process, batch statistics of noisy images, and logits around 0."""
    torch.manual_seed(5)
    networks = kinds()
    for network, prepare, _, _ in networks.values():
        last_layer, logits = [layer for layer in network.modules() if isinstance(layer, nn.Linear)][-1], []
        with torch.no_grad():
            network.train()
            for _ in range(20):
                network(prepare(noisy_images(64)))
            network.eval()
            hook = last_layer.register_forward_hook(lambda layer, given, found: logits.append(found))
            network(prepare(noisy_images(256)))
            hook.remove()
            last_layer.bias -= logits[0].mean(0)
    return networks


def make(folder):
    random = np.random.RandomState(1)
    for number in range(3):
        pixels = random.randint(0, 256, (4, 4, 3)).astype(np.uint8).repeat(SIDE // 4, 0).repeat(SIDE // 4, 1)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    for kind, (network, prepare, said, how) in seeded().items():
        batch, apart = how.pop("batch", 1), how.pop("apart", False)
        options = {"input_names": ["x"], "opset_version": 14, "dynamic_axes": {"x": {0: "batch"}}, **how}
        file = folder / f"{kind}.onnx"
        torch.onnx.export(network, prepare(torch.rand(batch, 3, SIDE, SIDE)), str(file), **options)
        if apart:
            onnx.save(onnx.load(str(file)), str(file), save_as_external_data=True, location=f"{kind}.data", size_threshold=0)
        (folder / f"{kind}.args").write_text("".join(argument + "\n" for argument in said.split()))


def labels(scores, threshold):
    """Labels, and which of them rounding may change."""
    if isinstance(scores, tuple):
        scores = scores[1]
    scores = scores.double().flatten(1) if scores.ndim > 1 else scores.double()[:, None]
    if scores.shape[1] == 1:
        return (scores[:, 0] > threshold).long(), (scores[:, 0] - threshold).abs() < TIE
    top = scores.topk(2, 1).values
    return scores.argmax(1), top[:, 0] - top[:, 1] < TIE


def check(folder):
    images, networks, wrong = read_images(folder), seeded(), 0
    for file in sorted(folder.glob("*.jsonl")):
        problem = problem_of(file, images, *networks[file.stem][:2])
        wrong += bool(problem)
        print(file.stem, problem or "has the votes of PyTorch", sep="   ")
    sys.exit(wrong > 0 or len(list(folder.glob("*.jsonl"))) < len(networks))


def problem_of(file, images, network, prepare):
    seen = set()
    for line in file.read_text().splitlines():
        certificate = json.loads(line)
        image = images[certificate["imageSha256"]]
        for phase, name, count in ((0, "selectionCounts", "n0"), (1, "estimationCounts", "n")):
            noisy, drawn = Noise(certificate["sigma"]).draw(certificate["seed"], phase, np.arange(certificate[count]), image)
            with torch.no_grad():
                found, near = labels(network(prepare(torch.from_numpy(noisy))), 0.0 if file.stem == "logit" else 0.5)
            votes = np.bincount(found.numpy()[drawn], minlength=len(certificate[name]))
            apart = abs(votes - certificate[name]).sum() // 2
            if apart > near.sum():
                return f"{apart} votes apart: PyTorch has {votes.tolist()}, the certificate {certificate[name]}"
            seen.update(np.nonzero(votes)[0])
    return "" if len(seen) > 1 else "all votes are for one class, which shows little"


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](pathlib.Path(sys.argv[2]))

"""PyTorch on the same work as `digitml bench train` and `digitml bench predict`: random images, Adam, the step alone.

Needs PyTorch 2.4 or later. Before anything is timed, the network gets the given weights and scores the given images. Prints one JSON line with
those scores and PyTorch's best speed: in both of its memory layouts and, for prediction, also with the network frozen.
"""
import argparse
import json
import time

import torch
from torch import nn

ROWS, WARM_UP_STEPS = 4096, 3


def keras_cnn():
    def block(inputs, outputs, size):
        return [nn.Conv2d(inputs, outputs, size, padding=size // 2), nn.ReLU(),
                nn.Conv2d(outputs, outputs, size, padding=size // 2), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25)]
    return nn.Sequential(*block(1, 32, 5), *block(32, 64, 3), nn.Flatten(), nn.Linear(3136, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10))


def compact_9768():
    def block(inputs, outputs, size=3):
        return [nn.Conv2d(inputs, outputs, size, bias=False), nn.ReLU(), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*block(1, 8), *block(8, 16), *block(16, 16), nn.MaxPool2d(2), *block(16, 8, size=1), *block(8, 16), *block(16, 16), *block(16, 16),
                         nn.Conv2d(16, 10, 1, bias=False), nn.AvgPool2d(5), nn.Flatten())


NETWORKS = {"keras-cnn": keras_cnn, "compact-9768": compact_9768}
LAYOUTS = {"nchw": torch.contiguous_format, "channels_last": torch.channels_last}


def load_weights(network, path):
    """Copies a file of float32 values into the parameters and running statistics, in the order of the layers."""
    tensors = [tensor for tensor in network.state_dict().values() if tensor.is_floating_point()]
    values = torch.from_file(path, size=sum(tensor.numel() for tensor in tensors))
    for tensor, part in zip(tensors, values.split([tensor.numel() for tensor in tensors])):
        tensor.copy_(part.view_as(tensor))


def log_scores(network, path, layout):
    """Log-probabilities of the images in a file of bytes."""
    pixels = torch.frombuffer(bytearray(open(path, "rb").read()), dtype=torch.uint8)
    images = (pixels.view(-1, 1, 28, 28) / 255).contiguous(memory_format=layout)
    with torch.inference_mode():
        return nn.functional.log_softmax(network(images), dim=1).flatten().tolist()


def frozen(network, arguments, layout):
    """The network as TorchScript with its weights as constants, which lets PyTorch fold and fuse layers."""
    with torch.no_grad():
        return torch.jit.freeze(torch.jit.trace(network, torch.rand(arguments.batch_size, 1, 28, 28).contiguous(memory_format=layout)))


def training_step(network):
    optimizer = torch.optim.Adam(network.train().parameters(), fused=True)

    def step(images, labels):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(images), labels).backward()
        optimizer.step()
    return step


def prediction(network):
    def step(images, _):
        with torch.inference_mode():
            network(images)
    return step


def samples_per_second(step, arguments, layout):
    images = torch.rand(ROWS, 1, 28, 28).contiguous(memory_format=layout)
    labels = torch.randint(0, 10, (ROWS,))

    def run(index):
        first = index * arguments.batch_size % (ROWS - arguments.batch_size + 1)
        step(images[first:first + arguments.batch_size], labels[first:first + arguments.batch_size])

    for index in range(WARM_UP_STEPS):
        run(index)
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < arguments.seconds:
        run(steps)
        steps += 1
    return steps * arguments.batch_size / (time.perf_counter() - start)


def measure(arguments, layout, is_frozen):
    torch.manual_seed(1)
    network = NETWORKS[arguments.recipe]().to(memory_format=LAYOUTS[layout]).eval()
    load_weights(network, arguments.weights)
    if is_frozen:
        network = frozen(network, arguments, LAYOUTS[layout])
    scores = log_scores(network, arguments.images, LAYOUTS[layout])
    step = training_step(network) if arguments.work == "train" else prediction(network)
    rate = samples_per_second(step, arguments, LAYOUTS[layout])
    return {"layout": layout, "frozen": is_frozen, "samplesPerSecond": round(rate, 1), "logScores": scores}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["train", "predict"])
    parser.add_argument("--recipe", choices=NETWORKS, required=True)
    parser.add_argument("--weights", required=True, help="float32 values of all parameters and running statistics")
    parser.add_argument("--images", required=True, help="28x28 images, one byte per pixel")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch._C._jit_set_texpr_fuser_enabled(False)  # without LLVM, as on Debian, fused kernels run in an interpreter
    forms = [(layout, is_frozen) for layout in LAYOUTS for is_frozen in ([False] if arguments.work == "train" else [False, True])]
    best = max((measure(arguments, *form) for form in forms), key=lambda result: result["samplesPerSecond"])
    print(json.dumps({"peer": "PyTorch " + torch.__version__.split("+")[0], **best}))


if __name__ == "__main__":
    main()

"""PyTorch on the same work as `digitml bench train` and `digitml bench predict`: random images, Adam, the step alone.

Needs PyTorch (on Debian: apt-get install python3-torch). Prints one JSON line with the faster of PyTorch's two memory layouts.
"""
import argparse
import json
import time

import torch
from torch import nn

ROWS = 4096


def keras_cnn():
    def block(inputs, outputs, size):
        return [nn.Conv2d(inputs, outputs, size, padding=size // 2), nn.ReLU(),
                nn.Conv2d(outputs, outputs, size, padding=size // 2), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25)]
    return nn.Sequential(*block(1, 32, 5), *block(32, 64, 3), nn.Flatten(), nn.Linear(3136, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10))


def compact_9768():
    layers, inputs = [], 1
    for outputs, size in [(8, 3), (16, 3), (16, 3), (None, 2), (8, 1), (16, 3), (16, 3), (16, 3)]:
        if outputs is None:
            layers.append(nn.MaxPool2d(size))
        else:
            layers += [nn.Conv2d(inputs, outputs, size, bias=False), nn.ReLU(), nn.BatchNorm2d(outputs)]
            inputs = outputs
    return nn.Sequential(*layers, nn.Conv2d(inputs, 10, 1, bias=False), nn.AvgPool2d(5), nn.Flatten())


NETWORKS = {"keras-cnn": keras_cnn, "compact-9768": compact_9768}


def samples_per_second(arguments, layout):
    torch.manual_seed(1)
    network = NETWORKS[arguments.recipe]().to(memory_format=layout)
    images = torch.rand(ROWS, 1, 28, 28).contiguous(memory_format=layout)
    labels = torch.randint(0, 10, (ROWS,))
    optimizer = torch.optim.Adam(network.parameters())
    network.train(arguments.work == "train")

    def run(step):
        first = step * arguments.batch_size % (ROWS - arguments.batch_size + 1)
        batch = slice(first, first + arguments.batch_size)
        if arguments.work == "predict":
            with torch.no_grad():
                network(images[batch])
            return
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(images[batch]), labels[batch]).backward()
        optimizer.step()

    for step in range(3):
        run(step)
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < arguments.seconds:
        run(steps)
        steps += 1
    return steps * arguments.batch_size / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["train", "predict"])
    parser.add_argument("--recipe", choices=NETWORKS, required=True)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layouts = {"nchw": torch.contiguous_format, "channels_last": torch.channels_last}
    rates = {name: samples_per_second(arguments, layout) for name, layout in layouts.items()}
    best = max(rates, key=rates.get)
    print(json.dumps({"peer": f"PyTorch {torch.__version__}", "layout": best, "samplesPerSecond": round(rates[best], 1)}))


if __name__ == "__main__":
    main()

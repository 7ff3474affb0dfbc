// LibTorch through TorchSharp, a peer that DigitML's training and prediction are measured against.
//
//   LibTorchPeer train --recipe keras-cnn --weights keras-cnn.weights --images check.images --batch-size 64 --threads 2 --seconds 3
using System.Globalization;
using System.Text.Json;
using LibTorchPeer;
using TorchSharp;

if (args is not [("train" or "predict") and var work, ..])
{
    Console.Error.WriteLine("usage: LibTorchPeer train|predict --recipe NAME --weights FILE --images FILE --batch-size N --threads N --seconds N");
    return 2;
}

torch.set_num_threads(Number("--threads"));
var measurement = new Measurement(work == "train", Text("--recipe"), Text("--weights"), Text("--images"), Number("--batch-size"), Number("--seconds"));
Answer best = new[] { memory_format.contiguous_format, memory_format.channels_last }.Select(measurement.Run).MaxBy(answer => answer.SamplesPerSecond)!;
Console.WriteLine(JsonSerializer.Serialize(best, JsonSerializerOptions.Web));
return 0;

string Text(string name) => args[Array.IndexOf(args, name) is var index and >= 0 ? index + 1 : throw new ArgumentException($"{name} is missing.")];

int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

// ONNX Runtime, the peer that DigitML's predictions are measured against.
//
//   OnnxRuntimePeer predict --model model.onnx --empty-model empty.onnx --images check.images --batch-size 100 --threads 2 --seconds 5
//   OnnxRuntimePeer serve --model model.onnx --port 5090
using System.Globalization;
using OnnxRuntimePeer;

switch (args)
{
    case ["predict", ..]:
        Prediction.Run(Text("--model"), Text("--empty-model"), Text("--images"), Number("--batch-size"), Number("--threads"), Number("--seconds"));
        break;
    case ["serve", ..]:
        Server.Run(Text("--model"), Number("--port"));
        break;
    default:
        Console.Error.WriteLine("usage: OnnxRuntimePeer predict|serve --model MODEL.onnx ...");
        return 2;
}

return 0;

string Text(string name) => args[Array.IndexOf(args, name) is var index and >= 0 ? index + 1 : throw new ArgumentException($"{name} is missing.")];

int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

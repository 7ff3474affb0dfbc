using System.CommandLine;
using DigitML.Model;
using DigitML.Experiments.RunFiles;
using DigitML.Server;
using Microsoft.AspNetCore.Builder;

namespace DigitML.Training.Commands;

/// <summary><c>digitml serve</c>: a page to draw a digit on, and an HTTP API.</summary>
internal static class ServeCommand
{
    private const string UsualUrl = "http://127.0.0.1:5080";

    internal static Command Create(Terminal terminal)
    {
        Option<string?> model = FileOption.Optional("--model", "FILE|DIR", "The model: a file, or the folder of a run. [default: the one that comes with DigitML]");
        Option<string?> url = UrlOption();
        var command = new Command("serve", "Serves a page to draw a digit on, and an HTTP API.") { model, url };
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(model), file = path is null ? null : RunFolder.ModelIn(path);
            DigitClassifier classifier = file is null ? DigitClassifier.Default : DigitClassifier.Load(file);
            string? report = file is null ? null : RunFolder.Around(file).Report;
            using (classifier)
            {
                RunAsync(terminal, classifier, File.Exists(report) ? File.ReadAllText(report) : null, new Uri(parsed.GetValue(url) ?? UsualUrl)).GetAwaiter().GetResult();
            }
        });
        return command.WithExamples("""
            digitml serve
            digitml serve --model runs/first
            digitml serve --model best.onnx --urls http://0.0.0.0:8080          for other machines too

            GET / is the page, POST /predict reads an image, POST /predict/rows a CSV file; /openapi/v1.json describes both. /health and /metrics
            are for those who look after it. Ctrl+C stops it; requests under way are answered first.
            """);
    }

    private static async Task RunAsync(Terminal terminal, DigitClassifier classifier, string? report, Uri url)
    {
        await using WebApplication app = await DigitServer.StartAsync(classifier, report, url, new ServerLimits(), terminal.Cancellation);
        terminal.Output.WriteLine($"Serving {classifier.Model.Name} at {DigitServer.AddressOf(app)} (Ctrl+C stops it)");
        var stopped = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = terminal.Cancellation.Register(stopped.SetResult);
        await stopped.Task;
        await app.StopAsync(CancellationToken.None);
    }

    private static Option<string?> UrlOption()
    {
        Option<string?> url = FileOption.Optional("--urls", "URL", $"Where to listen. [default: {UsualUrl}, this machine alone]");
        url.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } text }] && !(Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/"))
            {
                result.AddError($"--urls is \"{text}\"; it is like {UsualUrl}.");
            }
        });
        return url;
    }
}

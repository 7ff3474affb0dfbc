using System.CommandLine;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Models;
using DigitML.Experiments.RunFiles;
using DigitML.Model;
using DigitML.Server;
using DigitML.Training.Options;
using DigitML.Training.Terminals;
using Microsoft.AspNetCore.Builder;

namespace DigitML.Training.Commands;

/// <summary><c>digitml serve</c>: a page to draw a digit on, and an HTTP API.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    internal static Command Create(Terminal terminal)
    {
        Option<string?> model = FileOption.Optional("--model", "FILE|DIR", "The model: model.onnx, model.zip, or the folder of a run. [default: the one that comes with DigitML]");
        Option<string?> url = UrlOption();
        Option<PixelNormalization?> normalization = NormalizationOption.Create();
        var command = new Command("serve", "Serves a page to draw a digit on, and an HTTP API.") { model, url, normalization };
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(model), file = path is null ? null : RunFolder.ModelIn(path);
            string? report = file is null ? null : RunFolder.Around(file).Report;
            using IDigitScorer scorer = file is null ? DigitClassifier.Default : OpenedModel.OpenScorer(file, parsed.GetValue(normalization));
            if (file is not null && scorer is DigitClassifier classifier) NormalizationOption.Tell(terminal, file, classifier.Model, isSaid: parsed.GetValue(normalization) is not null);
            var options = new DigitServerOptions
            {
                ModelName = (scorer as DigitClassifier)?.Model.Name ?? Path.GetFileName(file),
                ReportHtml = File.Exists(report) ? File.ReadAllText(report) : null,
            };
            RunAsync(terminal, scorer, options, ListenAddress.Parse(parsed.GetValue(url) ?? DefaultUrl)).GetAwaiter().GetResult();
        });
        return command.WithExamples("""
            digitml serve
            digitml serve --model runs/first
            digitml serve --model best.onnx --urls http://0.0.0.0:8080          reachable from other machines

            GET / is the page. POST /predict takes one image, POST /predict/rows a CSV file; /openapi/v1.json describes both. /health and /metrics are for
            monitoring. Ctrl+C stops the server; requests in progress have up to 5 seconds to finish.
            """);
    }

    private static async Task RunAsync(Terminal terminal, IDigitScorer scorer, DigitServerOptions options, ListenAddress address)
    {
        await using WebApplication app = await DigitServer.StartAsync(scorer, options, address, new KestrelLimits(), terminal.Cancellation);
        terminal.Output.WriteLine($"Serving {options.ModelName} at {DigitServer.AddressOf(app)} (Ctrl+C stops it)");
        var stopped = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = terminal.Cancellation.Register(stopped.SetResult);
        await stopped.Task;
        await app.StopAsync(CancellationToken.None);
    }

    private static Option<string?> UrlOption()
    {
        Option<string?> url = FileOption.Optional("--urls", "URL", $"Address and port to listen on. [default: {DefaultUrl}, this machine only]");
        url.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: { Length: > 0 } text }]) return;
            try
            {
                ListenAddress.Parse(text);
            }
            catch (DigitMLException failure)
            {
                result.AddError(failure.Message);
            }
        });
        return url;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DigitML.Model;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Export;

/// <summary>Exported projects are built and run as a stranger would: in a folder of their own, by the SDK alone.</summary>
public class ExportedProjectTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private static readonly string[] Strict = ["-c", "Release", "-warnaserror", "-p:AnalysisLevel=latest-recommended", "-p:EnforceCodeStyleInBuild=true"];

    private readonly SmallData data = model.Data;

    [Fact(Explicit = true)]
    public void The_library_builds_without_a_warning()
    {
        string folder = Exported("library", "Reader");
        Dotnet(folder, ["build", .. Strict]);
        Assert.True(File.Exists(Path.Combine(folder, "bin/Release/net10.0/Reader.onnx")));
    }

    [Fact(Explicit = true)]
    public void The_console_app_answers_as_the_console_does_and_trains()
    {
        string folder = Exported("console", "ConsoleReader"), app = Path.Combine(folder, "bin/Release/net10.0/ConsoleReader.dll");
        Dotnet(folder, ["build", .. Strict]);
        Assert.Equal(ConsoleRun.Of("predict", "--model", model.Path, "--data", data.Test).Output, Dotnet(folder, app, data.Test));
        string sample = Dotnet(folder, app);
        Assert.StartsWith($"The first row of sample.csv, labelled 0:\n{"Class",-40}{"Score",-20}\n{"-----",-40}{"-----",-20}\n", sample, StringComparison.Ordinal);
        Assert.Equal(13, sample.Count(c => c == '\n'));

        Assert.Contains("epoch 4: loss ", Dotnet(folder, app, "--train", data.Train), StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllBytes(model.Path), File.ReadAllBytes(Path.Combine(folder, "bin/Release/net10.0/ConsoleReader.onnx")));
        Assert.Equal(0, ConsoleRun.Of("train", "--config", Path.Combine(folder, "digitml.json"), "--epochs", "1", "--out", data.In("again")).ExitCode);
    }

    [Fact(Explicit = true)]
    public async Task The_web_api_answers_and_refuses_what_is_wrong()
    {
        string folder = Exported("webapi", "WebReader");
        Dotnet(folder, ["build", .. Strict]);
        using var server = new RunningApp(Path.Combine(folder, "bin/Release/net10.0/WebReader.dll"));
        using HttpClient client = await server.ClientAsync();
        client.DefaultRequestHeaders.ExpectContinue = true;

        using HttpResponseMessage pixels = await client.PostAsJsonAsync("predict", new { pixels = new float[784] });
        JsonElement answer = await pixels.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 10), (pixels.StatusCode, answer.GetProperty("scores").EnumerateObject().Count()));
        Assert.Equal(answer.GetProperty("label").GetString(), answer.GetProperty("scores").EnumerateObject().First().Name);
        using HttpResponseMessage picture = await client.PostAsync("predict", Body(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Images/Files/palette-4.png")), "image/png"));
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);

        Assert.Equal("Healthy", await client.GetStringAsync("health"));
        JsonElement openApi = await client.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        Assert.True(openApi.GetProperty("paths").GetProperty("/predict").TryGetProperty("post", out _));

        await RefusesAsync(HttpStatusCode.BadRequest, "pixels is not an array of 784 numbers from 0 to 255.", """{"pixels":[1,2]}"""u8.ToArray(), "application/json");
        await RefusesAsync(HttpStatusCode.BadRequest, "Path: $.pixels", """{"pixels":"""u8.ToArray(), "application/json");
        await RefusesAsync(HttpStatusCode.BadRequest, "the body is not a picture in a supported format", "no picture"u8.ToArray(), "image/png");
        await RefusesAsync(HttpStatusCode.UnsupportedMediaType, "", "7"u8.ToArray(), "text/plain");
        await RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "", new byte[5 << 20], "image/png");

        async Task RefusesAsync(HttpStatusCode status, string detail, byte[] body, string type)
        {
            using HttpResponseMessage response = await client.PostAsync("predict", Body(body, type));
            JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Contains(detail, problem.TryGetProperty("detail", out JsonElement text) ? text.GetString() : "", StringComparison.Ordinal);
        }
    }

    [Fact(Explicit = true)]
    public void The_rows_of_a_CSV_file_with_quoted_numbers_are_read_as_the_console_reads_them()
    {
        string quoted = data.In("quoted.csv"), folder = Exported("console", "QuotedReader");
        string[] lines = File.ReadAllLines(data.Test);
        File.WriteAllLines(quoted, lines.Select(line => string.Join(',', line.Split(',').Select(field => $"\"{field}\""))));
        Dotnet(folder, ["build", .. Strict]);
        string output = Dotnet(folder, Path.Combine(folder, "bin/Release/net10.0/QuotedReader.dll"), quoted);
        Assert.Equal(ConsoleRun.Of("predict", "--model", model.Path, "--data", quoted).Output, output);
        Assert.Equal(lines.Length, output.Count(c => c == '\n'));
    }

    [Fact(Explicit = true)]
    public void A_model_of_networks_that_were_trained_in_two_ways_comes_with_training_code_for_each()
    {
        Assert.Equal(0, ConsoleRun.Of("train", "--data", data.Train, "--recipe", "tiny", "--epochs", "1", "--out", data.In("two")).ExitCode);
        Assert.Equal(0, ConsoleRun.Of("ensemble", "--models", model.Path, data.In("two"), "--out", data.In("two.onnx")).ExitCode);
        ConsoleRun run = ConsoleRun.Of("export", "--model", data.In("two.onnx"), "--data", data.Test, "--out", data.In("Two"), "--template", "console");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.False(File.Exists(data.In("Two/digitml.json")));
        Assert.DoesNotContain("--config", File.ReadAllText(data.In("Two/README.md")), StringComparison.Ordinal);
        string code = File.ReadAllText(data.In("Two/Two.training.cs"));
        Assert.Contains("new(BuildNetwork1, Plan1 with { Seed = 1 }, PixelNormalization.Standard),\n        new(BuildNetwork2, Plan2 with { Seed = 1 }, PixelNormalization.Standard),", code, StringComparison.Ordinal);
        Dotnet(data.In("Two"), ["build", .. Strict]);
        string trained = Dotnet(data.In("Two"), data.In("Two/bin/Release/net10.0/Two.dll"), "--train", data.Train);
        Assert.Equal(2, trained.Split("epoch 1: loss ").Length - 1);
        Assert.Equal(2, DigitModel.Load(data.In("Two/bin/Release/net10.0/Two.onnx")).Members.Length);
    }

    [Fact]
    public void A_model_that_does_not_say_how_it_was_trained_comes_without_training_code()
    {
        DigitModel known = DigitModel.Load(model.Path);
        new DigitModel(known.Members, known.Labels).Save(data.In("joined.onnx"));
        ConsoleRun.Of("export", "--model", data.In("joined.onnx"), "--data", data.Test, "--out", data.In("Joined"), "--template", "console");
        Assert.Equal(
            [".gitignore", "Joined.consumption.cs", "Joined.csproj", "Joined.onnx", "nuget.config", "Program.cs", "README.md", "sample.csv"],
            Directory.GetFiles(data.In("Joined")).Select(Path.GetFileName).Order(StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain("--train", File.ReadAllText(data.In("Joined/Program.cs")), StringComparison.Ordinal);
        Assert.DoesNotContain("{{", string.Concat(Directory.GetFiles(data.In("Joined"), "*.md").Concat(Directory.GetFiles(data.In("Joined"), "*.cs")).Select(File.ReadAllText)).Replace("{{Joined.", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_something_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(data.In("full")).FullName, "mine.txt"), "mine");
        ConsoleRun run = ConsoleRun.Of("export", "--model", model.Path, "--out", data.In("full"));
        Assert.Equal((1, "", $"error: {data.In("full")} is not empty; choose another folder.\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal([data.In("full/mine.txt")], Directory.GetFileSystemEntries(data.In("full")));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("library")]
    public void Rows_whose_labels_the_model_does_not_know_are_refused(string template)
    {
        string letters = data.In("letters.csv");
        File.WriteAllText(letters, string.Concat(File.ReadLines(data.Test).Take(5).Select((line, i) => i == 0 ? $"{line}\n" : $"a{line[line.IndexOf(',', StringComparison.Ordinal)..]}\n")));
        ConsoleRun run = ConsoleRun.Of("export", "--model", model.Path, "--data", letters, "--out", data.In("lettered"), "--template", template);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {letters}:2: ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.In("lettered")));
    }

    [Theory]
    [InlineData("reader", "a name has up to 100 of A-Z, a-z, 0-9 and _, the first a capital letter")]
    [InlineData("My-Reader", "a name has up to 100 of A-Z, a-z, 0-9 and _, the first a capital letter")]
    [InlineData("\u00c9", "a name has up to 100 of A-Z, a-z, 0-9 and _, the first a capital letter")]
    [InlineData("Con", "Windows reserves that name, in any case")]
    [InlineData("LPT9", "Windows reserves that name, in any case")]
    [InlineData("DigitModel", "the generated code uses that name for something else")]
    [InlineData("WebApplication", "the generated code uses that name for something else")]
    [InlineData("Height", "the generated code uses that name for something else")]
    [InlineData("Path", "the generated code uses that name for something else")]
    public void A_name_that_is_no_good_class_name_is_refused(string name, string rule)
    {
        ConsoleRun run = ConsoleRun.Of("export", "--model", model.Path, "--out", data.In("named"), "--name", name);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: --name is \"{name}\"; {rule}.", run.Error, StringComparison.Ordinal);
    }

    private static ByteArrayContent Body(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private string Exported(string template, string name)
    {
        string folder = data.In(name);
        ConsoleRun run = ConsoleRun.Of("export", "--model", data.In("run"), "--out", folder, "--template", template);
        Assert.True(run.ExitCode == 0, run.Error);
        return folder;
    }

    private static string Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output.ReplaceLineEndings("\n");
    }
}

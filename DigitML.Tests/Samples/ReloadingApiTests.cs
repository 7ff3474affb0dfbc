using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DigitML.Model;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Samples;

public class ReloadingApiTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    // Where this build's sample lies: beside this build of the tests, in the same configuration.
    private static readonly string App = Path.Combine(
        RepositoryFolder.PathOf("samples/ReloadingApi/bin"), Path.GetRelativePath(RepositoryFolder.PathOf("DigitML.Tests/bin"), AppContext.BaseDirectory), "ReloadingApi.dll");

    [Fact]
    public async Task A_model_file_that_is_replaced_takes_over_and_a_bad_one_does_not()
    {
        string file = model.Data.In("served.onnx");
        DigitModel first = DigitModel.Load(model.Path);
        first.Save(file);
        using var app = new RunningApp(App, "--Model", file);
        using HttpClient client = await app.ClientAsync();
        int before = (await ScoresAsync()).Length;
        Assert.Equal(10, before);

        // The same network with other labels.
        new DigitModel(first.Weights, new([.. first.Labels.Labels.Select(label => $"digit {label}")]), first.Normalization).Save(file);
        await UntilAsync(async () => (await LabelAsync()).StartsWith("digit ", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, "no model");
        await Task.Delay(1000);
        Assert.StartsWith("digit ", await LabelAsync(), StringComparison.Ordinal);
        first.Save(file);
        await UntilAsync(async () => (await LabelAsync()).Length == 1);

        using HttpResponseMessage bad = await client.PostAsync("predict", Body("no picture"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);

        async Task<JsonElement> AnswerAsync()
        {
            using HttpResponseMessage response = await client.PostAsync("predict", Body(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Images/Files/palette-4.png"))));
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        async Task<string> LabelAsync() => (await AnswerAsync()).GetProperty("label").GetString()!;

        async Task<float[]> ScoresAsync() => [.. (await AnswerAsync()).GetProperty("scores").EnumerateArray().Select(score => score.GetSingle())];
    }

    private static ByteArrayContent Body(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await isSo()) return;
            await Task.Delay(100);
        }

        Assert.Fail("It is not so after 30 s.");
    }
}

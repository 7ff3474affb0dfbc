using System.Collections.Immutable;
using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Vision;

/// <summary>
/// A network pretrained on ImageNet; ML.NET freezes its weights and trains one layer on top. Its file is read from the folder MLNET in the context's
/// <c>TempFilePath</c>, by name.
/// </summary>
/// <param name="Name">Its name in the console.</param>
/// <param name="Architecture">Its name in ML.NET.</param>
/// <param name="FileName">The file with graph and weights.</param>
public sealed record Backbone(string Name, ImageClassificationTrainer.Architecture Architecture, string FileName)
{
    private const string Source = "https://aka.ms/mlnet-resources/meta/";

    /// <summary>The name of the default backbone, as in ML.NET.</summary>
    public const string DefaultName = "resnet_v2_50";

    /// <summary>All backbones that ML.NET supports.</summary>
    public static ImmutableArray<Backbone> All { get; } =
    [
        new(DefaultName, ImageClassificationTrainer.Architecture.ResnetV250, "resnet_v2_50_299.meta"),
        new("resnet_v2_101", ImageClassificationTrainer.Architecture.ResnetV2101, "resnet_v2_101_299.meta"),
        new("inception_v3", ImageClassificationTrainer.Architecture.InceptionV3, "inception_v3.meta"),
        new("mobilenet_v2", ImageClassificationTrainer.Architecture.MobilenetV2, "mobilenet_v2.meta"),
    ];

    /// <summary>Returns a backbone by its name.</summary>
    /// <exception cref="DigitMLException">No backbone has that name.</exception>
    public static Backbone Get(string name) => All.FirstOrDefault(backbone => backbone.Name == name)
        ?? throw new DigitMLException($"There is no architecture \"{name}\"; there are {string.Join(", ", All.Select(backbone => backbone.Name))}.");

    /// <summary>The path at which ML.NET looks for the file.</summary>
    public string PathIn(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Path.Combine(context.TempFilePath, "MLNET", FileName);
    }

    /// <summary>
    /// Downloads the file to where ML.NET looks for it, unless it is already there. ML.NET downloads it too, but offline that takes minutes and ends in an unclear error.
    /// </summary>
    /// <param name="context">Its <c>TempFilePath</c> is the folder.</param>
    /// <param name="fetch">Opens a stream with the content of a URL.</param>
    /// <param name="tell">Receives a line before anything is downloaded.</param>
    /// <exception cref="DigitMLException">It cannot be fetched or written.</exception>
    internal void Provide(MLContext context, Func<Uri, Stream> fetch, Action<string> tell)
    {
        string path = PathIn(context);
        if (File.Exists(path)) return;
        var address = new Uri(Source + FileName);
        tell($"Fetching {address} to {path}");
        string part = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (Stream source = fetch(address))
            using (FileStream target = File.Create(part))
            {
                source.CopyTo(target);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException)
        {
            File.Delete(part);
            throw new DigitMLException($"The backbone of {Name} is not at {path} and cannot be fetched from {address} ({e.Message}); put the file there.", e);
        }
    }

    /// <summary>Downloads over HTTPS; gives up if the server does not start to answer.</summary>
    internal static Stream FetchOverHttp(Uri address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        HttpResponseMessage answer = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
        return answer.EnsureSuccessStatusCode().Content.ReadAsStream();
    }
}

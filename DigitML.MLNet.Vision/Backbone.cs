using System.Collections.Immutable;
using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Vision;

/// <summary>
/// A network that was trained on ImageNet; ML.NET keeps its weights and trains one layer on top. The file is read from the folder MLNET in the context's
/// <c>TempFilePath</c>, by name alone.
/// </summary>
/// <param name="Name">What the console calls it.</param>
/// <param name="Architecture">What ML.NET calls it.</param>
/// <param name="FileName">The file of graph and weights.</param>
public sealed record Backbone(string Name, ImageClassificationTrainer.Architecture Architecture, string FileName)
{
    private const string Source = "https://aka.ms/mlnet-resources/meta/";

    /// <summary>The one that is used where none is named: ML.NET's own choice.</summary>
    public const string DefaultName = "resnet_v2_50";

    /// <summary>All that ML.NET knows.</summary>
    public static ImmutableArray<Backbone> All { get; } =
    [
        new(DefaultName, ImageClassificationTrainer.Architecture.ResnetV250, "resnet_v2_50_299.meta"),
        new("resnet_v2_101", ImageClassificationTrainer.Architecture.ResnetV2101, "resnet_v2_101_299.meta"),
        new("inception_v3", ImageClassificationTrainer.Architecture.InceptionV3, "inception_v3.meta"),
        new("mobilenet_v2", ImageClassificationTrainer.Architecture.MobilenetV2, "mobilenet_v2.meta"),
    ];

    /// <summary>One by its name.</summary>
    /// <exception cref="DigitMLException">There is none of that name.</exception>
    public static Backbone Get(string name) => All.FirstOrDefault(backbone => backbone.Name == name)
        ?? throw new DigitMLException($"There is no architecture \"{name}\"; there are {string.Join(", ", All.Select(backbone => backbone.Name))}.");

    /// <summary>Where ML.NET looks for the file.</summary>
    public string PathIn(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Path.Combine(context.TempFilePath, "MLNET", FileName);
    }

    /// <summary>
    /// Sees to it that the file is where ML.NET looks for it: it is fetched unless it lies there. ML.NET fetches it too, but offline that takes minutes and ends in an error
    /// of its own making.
    /// </summary>
    /// <param name="context">Has the folder.</param>
    /// <param name="fetch">Gets a stream of what lies at an address.</param>
    /// <param name="tell">Is told before anything is fetched.</param>
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

    /// <summary>Fetches over HTTPS; gives up on a server that does not begin to answer.</summary>
    internal static Stream FetchOverHttp(Uri address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        HttpResponseMessage answer = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
        return answer.EnsureSuccessStatusCode().Content.ReadAsStream();
    }
}

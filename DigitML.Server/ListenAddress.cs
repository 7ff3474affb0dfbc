using System.Net;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Server;

/// <summary>
/// Where a server listens: only on this machine (localhost), at one of its addresses, or, if requested, at all of them. Other host names are refused: Kestrel
/// treats any unknown name as every address, so a mistyped one would open the server to the network.
/// </summary>
/// <param name="Url">For Kestrel.</param>
/// <param name="IsLocal">True if only this machine can reach it.</param>
internal sealed record ListenAddress(string Url, bool IsLocal)
{
    /// <summary>Parses an address.</summary>
    /// <exception cref="DigitMLException">It is not an http address, or its host is a name other than localhost.</exception>
    internal static ListenAddress Parse(string text)
    {
        // * and + are Kestrel's wildcards for every address and not valid in a URI.
        bool isEvery = text.StartsWith("http://*", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://+", StringComparison.OrdinalIgnoreCase);
        string uriText = isEvery ? $"http://[::]{text["http://*".Length..]}" : text;
        if (!Uri.TryCreate(uriText, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new DigitMLException($"--urls is {DisplayText.Value(text)}; it must be a URL such as http://127.0.0.1:5080.");
        }

        if (isEvery) return new ListenAddress(text, IsLocal: false);
        if (uri.Host == "localhost") return new ListenAddress(uri.ToString(), IsLocal: true);
        if (IPAddress.TryParse(uri.Host, out IPAddress? address)) return new ListenAddress(uri.ToString(), IPAddress.IsLoopback(address));
        throw new DigitMLException(
            $"--urls has the host {DisplayText.Value(uri.Host)}, a name; use an address: localhost for this machine only, an IP address of this machine, or 0.0.0.0 for all of them.");
    }
}

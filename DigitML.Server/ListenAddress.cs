using System.Net;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Server;

/// <summary>
/// Where a server listens: on this machine alone (localhost), at one address of this machine, or at all of them, if that is said. A host name is none of these: Kestrel
/// takes any name it does not know for every address, so that a mistyped one would open the server to the network.
/// </summary>
/// <param name="Url">For Kestrel.</param>
/// <param name="IsLocal">True if only this machine reaches it.</param>
internal sealed record ListenAddress(string Url, bool IsLocal)
{
    /// <summary>The address of a text.</summary>
    /// <exception cref="DigitMLException">It is no http address, or its host is a name.</exception>
    internal static ListenAddress Parse(string text)
    {
        // * and + are Kestrel's words for every address and no part of a URI.
        bool isEvery = text.StartsWith("http://*", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://+", StringComparison.OrdinalIgnoreCase);
        string uriText = isEvery ? $"http://[::]{text["http://*".Length..]}" : text;
        if (!Uri.TryCreate(uriText, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new DigitMLException($"--urls is {DisplayText.Value(text)}; it is like http://127.0.0.1:5080.");
        }

        if (isEvery) return new ListenAddress(text, IsLocal: false);
        if (uri.Host == "localhost") return new ListenAddress(uri.ToString(), IsLocal: true);
        if (IPAddress.TryParse(uri.Host, out IPAddress? address)) return new ListenAddress(uri.ToString(), IPAddress.IsLoopback(address));
        throw new DigitMLException(
            $"--urls has the host {DisplayText.Value(uri.Host)}, a name; a server listens at addresses: localhost for this machine alone, an IP address of this machine, or 0.0.0.0 for all of them.");
    }
}

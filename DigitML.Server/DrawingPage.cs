using System.Net;
using System.Security.Cryptography;
using System.Text;
using DigitML.Model.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DigitML.Server;

/// <summary>The drawing page, its style and script, and the report of the model's run. All of it comes from this server; nothing is fetched from elsewhere.</summary>
internal sealed class DrawingPage(ServedModel model, DigitServerOptions options)
{
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A report's own script, which copies commands, may run; another may not.
    private static readonly string ReportPolicy = $"default-src 'none'; script-src 'sha256-{HashOf(Part("page.js"))}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal void Map(IEndpointRouteBuilder app)
    {
        string page = Page(), style = Part("charts.css") + Part("draw.css"), script = Part("draw.js");
        Map(app, "/", request => page.Replace("{{base}}", WebUtility.HtmlEncode(BaseOf(request)), StringComparison.Ordinal), "text/html", PagePolicy);
        Map(app, "/draw.css", _ => style, "text/css", PagePolicy);
        Map(app, "/draw.js", _ => script, "text/javascript", PagePolicy);
        if (options.ReportHtml is { } report) Map(app, "/report", _ => report, "text/html", ReportPolicy);
    }

    private string Page()
    {
        string Link(string? address, string text) => address is null ? "" : $"<li><a href=\"{WebUtility.HtmlEncode(address)}\">{text}</a></li>";
        string subject = $"{model.Name}, {model.Labels.Count} classes, images of {model.Height}x{model.Width}";
        return Part("draw.html")
            .Replace("{{report}}", options.ReportHtml is null ? "" : "<li><a href=\"{{base}}report\">Report of the run</a></li>", StringComparison.Ordinal)
            .Replace("{{api}}", Link(options.OpenApiPath, "HTTP API"), StringComparison.Ordinal)
            .Replace("{{height}}", $"{model.Height}", StringComparison.Ordinal).Replace("{{width}}", $"{model.Width}", StringComparison.Ordinal)
            .Replace("{{model}}", WebUtility.HtmlEncode(subject).Replace("{", "&#123;", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string HashOf(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    private static string Part(string name) => EmbeddedText.Read(typeof(DrawingPage), name);

    // The path of the endpoints: an app may be served below a path base, and map them in a group with a prefix.
    private static string BaseOf(HttpRequest request) => $"{request.PathBase}{request.Path}".TrimEnd('/') + "/";

    private static void Map(IEndpointRouteBuilder app, string path, Func<HttpRequest, string> text, string type, string policy) =>
        app.MapGet(path, FileContentHttpResult (HttpRequest request) =>
        {
            IHeaderDictionary headers = request.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-cache";
            return TypedResults.File(Encoding.UTF8.GetBytes(text(request)), $"{type}; charset=utf-8");
        }).ExcludeFromDescription();
}

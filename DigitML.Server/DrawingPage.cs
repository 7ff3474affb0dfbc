using System.Net;
using System.Text;
using DigitML.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DigitML.Server;

/// <summary>The page to draw on, its style and script, and the report of the model's run. All of it comes from this server; nothing is fetched from elsewhere.</summary>
internal static class DrawingPage
{
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string ReportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static void Map(IEndpointRouteBuilder app, DigitClassifier classifier, string? reportHtml)
    {
        string page = EmbeddedText.Read("draw.html")
            .Replace("{{report}}", reportHtml is null ? "" : "<li><a href=\"/report\">Report of the run</a></li>", StringComparison.Ordinal)
            .Replace("{{model}}", WebUtility.HtmlEncode($"{classifier.Model.Name}, {classifier.ClassCount} classes, images of {classifier.Height}x{classifier.Width}"), StringComparison.Ordinal)
            .Replace("{{height}}", $"{classifier.Height}", StringComparison.Ordinal).Replace("{{width}}", $"{classifier.Width}", StringComparison.Ordinal);
        Text("/", page, "text/html", PagePolicy);
        Text("/draw.css", EmbeddedText.Read("charts.css") + EmbeddedText.Read("draw.css"), "text/css", PagePolicy);
        Text("/draw.js", EmbeddedText.Read("draw.js"), "text/javascript", PagePolicy);
        if (reportHtml is not null) Text("/report", reportHtml, "text/html", ReportPolicy);
        app.MapGet("/metrics", (ServerMetrics metrics) => TypedResults.Text(metrics.Text(), ServerMetrics.ContentType)).ExcludeFromDescription();

        void Text(string path, string text, string type, string policy)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            app.MapGet(path, FileContentHttpResult (HttpResponse response) =>
            {
                response.Headers.ContentSecurityPolicy = policy;
                response.Headers.XContentTypeOptions = "nosniff";
                response.Headers.CacheControl = "no-cache";
                return TypedResults.File(bytes, $"{type}; charset=utf-8");
            }).ExcludeFromDescription();
        }
    }
}

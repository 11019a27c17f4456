using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MLNet.Embeddings.Tool.Hosting;

/// <summary>A page with a form made from the model's columns, for people.</summary>
internal static class FormPage
{
    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("/", "form.html", "text/html; charset=utf-8"),
        ("/form.css", "form.css", "text/css; charset=utf-8"),
        ("/form.js", "form.js", "text/javascript; charset=utf-8"),
    ];

    internal static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (path, file, type) in Files)
        {
            byte[] content = Read(file);
            app.MapGet(path, () => Results.Bytes(content, type));
        }
    }

    /// <summary>Has browsers load nothing from elsewhere and run nothing but the page's own script.</summary>
    internal static Task Protect(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(FormPage).Assembly.GetManifestResourceStream($"{typeof(FormPage).Namespace}.{file}")!;
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

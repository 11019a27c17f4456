using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;

namespace MLNet.Embeddings.Tool.Hosting;

/// <summary>Serves a model over HTTP: predictions of JSON, its state, and a page with a form.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>GET /</term><description>a form made from the model's columns</description></item>
/// <item><term>GET /columns</term><description>the columns, as JSON</description></item>
/// <item><term>GET /health</term><description>200, with the model's file and since when it has been in use</description></item>
/// <item><term>POST /predict</term><description>an object of JSON, or an array of such, to the score columns of each</description></item>
/// </list>
/// Errors are problem details (RFC 9457). What is wrong with a request is told; what goes wrong in here is logged and not told.
/// </remarks>
internal static class ModelServer
{
    private const string Local = "localhost", Scoring = nameof(Scoring);

    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="settings">What is served, and where.</param>
    /// <param name="started">Told of the address when it listens.</param>
    /// <param name="cancellationToken">Ends it; requests at work are finished.</param>
    /// <exception cref="IOException">The model's file cannot be read, or the port is taken.</exception>
    /// <exception cref="FormatException">The file holds no model.</exception>
    internal static async Task RunAsync(ServerSettings settings, Action<string>? started = null, CancellationToken cancellationToken = default)
    {
        using var watched = new MLContext().Model.Watch(settings.ModelFile, settings.WatchInterval);
        _ = watched.Model.RowColumns(); // or an error that says why it cannot be served
        await using var app = Build(settings, watched);

        watched.Changed += (_, _) => ServerLog.Reloaded(app.Logger, watched.FilePath);
        watched.Error += (_, args) => ServerLog.NotReloaded(app.Logger, watched.FilePath, args.GetException().Message);
        await app.StartAsync(cancellationToken);
        started?.Invoke(app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static WebApplication Build(ServerSettings settings, WatchedModel watched)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // nothing but the settings says where it listens
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter(typeof(ModelServer).FullName, LogLevel.Information);
        builder.Services.AddProblemDetails();
        // The cores are busy with two requests each; more would only take memory.
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limits.AddConcurrencyLimiter(Scoring, scoring => (scoring.PermitLimit, scoring.QueueLimit) = (2 * Environment.ProcessorCount, 1_000));
        });
        // A page of another site that has its name point to this machine asks for that name.
        if (settings.Host == Local) builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 1_000;
            Listen(kestrel, settings);
        });

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (settings.Host == Local) app.UseHostFiltering();
        app.UseRateLimiter();
        app.Use(FormPage.Protect);
        FormPage.Map(app);
        app.MapGet("/columns", () => Results.Json(watched.Model.RowColumns(), ServerJson.Default.IReadOnlyListRowColumn));
        app.MapGet("/health", () => Results.Json(
            new ServerHealth("Healthy", Path.GetFileName(watched.FilePath), watched.LoadedAt), ServerJson.Default.ServerHealth));
        app.MapPost("/predict", new PredictionEndpoint(watched, settings).HandleAsync).RequireRateLimiting(Scoring);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ServerSettings settings)
    {
        // Kestrel takes no free port for localhost, as that may be two addresses.
        if (settings.Host == Local && settings.Port > 0) kestrel.ListenLocalhost(settings.Port);
        else if (settings.Host == Local) kestrel.Listen(IPAddress.Loopback, settings.Port);
        else if (settings.Host == "*") kestrel.ListenAnyIP(settings.Port);
        else kestrel.Listen(IPAddress.Parse(settings.Host), settings.Port);
    }
}

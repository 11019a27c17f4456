using System.ComponentModel;
using System.Net;
using MLNet.Embeddings.Tool.Hosting;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>serve</c> is told.</summary>
internal sealed class ServeSettings : ToolSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file. When it changes, the new model is served, without a break.")]
    public string Model { get; init; } = "";

    [CommandOption("-p|--port <NUMBER>")]
    [Description("The port; 0 for any that is free.")]
    [DefaultValue(5_000)]
    public int Port { get; init; }

    [CommandOption("--host <ADDRESS>")]
    [Description("localhost: this machine only; *: every address of it, for all who reach it; or one address, as 10.0.0.7.")]
    [DefaultValue("localhost")]
    public string Host { get; init; } = "";

    [CommandOption("--max-rows <NUMBER>")]
    [Description("Most rows of a request.")]
    [DefaultValue(10_000)]
    public int MaxRows { get; init; }

    [CommandOption("--max-bytes <NUMBER>")]
    [Description("Most bytes of a request.")]
    [DefaultValue(10_000_000L)]
    public long MaxBytes { get; init; }

    public override ValidationResult Validate() =>
        Port is < 0 or > 65_535 ? ValidationResult.Error($"--port must be from 0 to 65535; it was {Port}.")
        : Host is not ("localhost" or "*") && !IPAddress.TryParse(Host, out _)
            ? ValidationResult.Error($"--host must be localhost, * or an IP address; it was '{Host}'.")
        : MaxRows < 1 ? ValidationResult.Error($"--max-rows must be at least 1; it was {MaxRows}.")
        : MaxBytes < 1 ? ValidationResult.Error($"--max-bytes must be at least 1; it was {MaxBytes}.")
        : base.Validate();
}

/// <summary>Serves a model over HTTP.</summary>
internal sealed class ServeCommand : AsyncCommand<ServeSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ServeSettings settings, CancellationToken cancellationToken)
    {
        var server = new ServerSettings(settings.Model)
        {
            Host = settings.Host,
            Port = settings.Port,
            MaxRows = settings.MaxRows,
            MaxBodyBytes = settings.MaxBytes,
        };
        await ModelServer.RunAsync(server, address =>
        {
            if (settings.Quiet) return;
            AnsiConsole.WriteLine($"Serving {settings.Model} at {address}");
            AnsiConsole.WriteLine($"  {address}/         a form to try it");
            AnsiConsole.WriteLine($"  {address}/predict  POST rows as JSON");
            AnsiConsole.WriteLine($"  {address}/health   its state");
            AnsiConsole.WriteLine("Ctrl+C ends it.");
        }, cancellationToken);
        return ExitCodes.Done;
    }
}

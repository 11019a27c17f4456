using System.Text;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>The command-line tool.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = Encoding.UTF8;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = Output.PlainWidth;
        using var cancel = new CancelKey();
        var app = new CommandApp();
        app.Configure(ToolCommands.Configure);
        try
        {
            return await app.RunAsync(PredictSettings.Marked(arguments), cancel.Token);
        }
        catch (Exception error)
        {
            return Failure.Report(error, arguments);
        }
    }
}

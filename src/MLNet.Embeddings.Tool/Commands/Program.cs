using System.Text;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>The command-line tool.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = Encoding.UTF8;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var cancel = new CancelKey();
        var app = new CommandApp();
        app.Configure(ToolCommands.Configure);
        try
        {
            return await app.RunAsync(arguments, cancel.Token);
        }
        catch (Exception error)
        {
            return Failure.Report(error, arguments);
        }
    }
}

using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>The command-line tool.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var app = new CommandApp();
        app.Configure(config =>
        {
            config.SetApplicationName("mlnet-embeddings");
            config.AddCommand<ServeCommand>("serve").WithDescription("Serves a model over HTTP: predictions as JSON, and a page with a form.");
        });
        return app.Run(arguments);
    }
}

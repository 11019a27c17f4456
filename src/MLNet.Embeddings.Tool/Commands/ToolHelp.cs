using Spectre.Console;
using Spectre.Console.Cli;
using Spectre.Console.Cli.Help;
using Spectre.Console.Rendering;

namespace MLNet.Embeddings.Tool;

/// <summary>The help pages, with what the tool ends with at their foot.</summary>
internal sealed class ToolHelp(ICommandAppSettings settings) : HelpProvider(settings)
{
    public override IEnumerable<IRenderable> GetFooter(ICommandModel model, ICommandInfo? command) =>
    [
        new Text($"{Environment.NewLine}EXIT CODES:{Environment.NewLine}" +
            $"    {ExitCodes.Done,-4} done{Environment.NewLine}" +
            $"    {ExitCodes.Failed,-4} something failed at work{Environment.NewLine}" +
            $"    {ExitCodes.BadInput,-4} the arguments or the data must be put right{Environment.NewLine}" +
            $"    {ExitCodes.Cancelled,-4} cancelled; of training, the best model so far is written{Environment.NewLine}"),
    ];
}

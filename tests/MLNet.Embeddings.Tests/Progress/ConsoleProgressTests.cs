using System.Text;
using Spectre.Console;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ConsoleProgressTests
{
    private static readonly EpochResult Epoch = new()
    {
        Epoch = 1,
        TrainingLoss = 0.5,
        ValidationLoss = 0.25,
        Metrics = [new("AUC", 0.875)],
        LearningRate = 0.01,
        Duration = TimeSpan.FromSeconds(2),
    };

    private static readonly TrainingProgress
        Indexing = new() { Phase = TrainingPhase.Indexing, Column = "City [x]", Step = 5, Steps = 10, Done = 0.1 },
        Within = new() { Phase = TrainingPhase.Training, Epoch = 1, MaxEpochs = 2, Step = 1, Steps = 4, TrainingLoss = 0.75, Done = 0.5 },
        EpochEnd = Within with { Step = 4, Completed = Epoch, Done = 0.9, Remaining = TimeSpan.FromSeconds(70) },
        End = EpochEnd with { Completed = null, Done = 1, Remaining = TimeSpan.Zero };

    private readonly StringBuilder _written = new();

    [TestMethod]
    public void Report_FileOrPipe_PrintsALineForEachPassAndEpoch()
    {
        using var bar = new ConsoleProgress(Console(isTerminal: false));

        foreach (var progress in new[] { Indexing, Indexing with { Step = 9 }, Within, EpochEnd, EpochEnd with { Network = 2, Networks = 2 }, End })
            bar.Report(progress);

        Assert.AreEqual("Learning the values of 'City [x]'\nEpoch  1  loss 0.5000  validation 0.2500  AUC 0.875  2.0 s\n", Written);
    }

    [TestMethod]
    public void Report_Terminal_ShowsBarsUntilTheFitHasEnded()
    {
        var terminal = Console(isTerminal: true);
        using var bar = new ConsoleProgress(terminal);

        foreach (var progress in new[] { Indexing, Within, EpochEnd, End }) bar.Report(progress);

        Assert.IsTrue(IsFree(terminal));
        string[] last = Written.Split("Whole fit")[^1].Split('\n');
        Assert.Contains("100 %", last[0]);
        Assert.Contains("Learning the values of 'City [x]'", last[1]);
        Assert.Contains("AUC", last[2]);
    }

    [TestMethod]
    public void Report_FitAfterFit_ShowsBoth()
    {
        using var bar = new ConsoleProgress(Console(isTerminal: false));

        foreach (var progress in new[] { Indexing, End, Indexing, End }) bar.Report(progress);

        Assert.AreEqual("Learning the values of 'City [x]'\nLearning the values of 'City [x]'\n", Written);
    }

    [TestMethod]
    public void Report_FitAfterOneThatFailed_ShowsBarsOfItsOwn()
    {
        var terminal = Console(isTerminal: true);
        using (var bar = new ConsoleProgress(terminal))
        {
            bar.Report(Within);
            bar.Report(Indexing);
            bar.Report(End);
        }

        Assert.DoesNotContain("loss", Written.Split("Whole fit")[^1].Split('\n')[1]);
        Assert.IsTrue(IsFree(terminal));
    }

    [TestMethod]
    public void Report_TerminalWithAnotherLiveDisplay_PrintsLines()
    {
        var terminal = Console(isTerminal: true);
        using var bar = new ConsoleProgress(terminal);

        terminal.Status().Start("Waiting", _ => bar.Report(Indexing));

        Assert.Contains("Learning the values of", Written);
        Assert.DoesNotContain("Whole fit", Written);
    }

    [TestMethod]
    public void Dispose_WithinAFit_GivesTheTerminalFree()
    {
        var terminal = Console(isTerminal: true);
        var bar = new ConsoleProgress(terminal);

        bar.Report(Within);
        bool isFree = IsFree(terminal);
        bar.Dispose();

        Assert.IsFalse(isFree);
        Assert.IsTrue(IsFree(terminal));
        bar.Report(EpochEnd); // of a fit that goes on
        Assert.IsTrue(IsFree(terminal));
    }

    [TestMethod]
    public void Dispose_NothingReported_WritesNothing()
    {
        new ConsoleProgress(Console(isTerminal: true)).Dispose();

        Assert.AreEqual("", Written);
    }

    private string Written => _written.ToString().ReplaceLineEndings("\n");

    private IAnsiConsole Console(bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
        Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new AnsiConsoleOutput(new StringWriter(_written)), // never closed: the thread that draws may be at its last picture
    });

    private static bool IsFree(IAnsiConsole console)
    {
        try
        {
            return console.Status().Start("Free", _ => true);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

using MLNet.Embeddings;
using Spectre.Console;

namespace Cluster;

/// <summary>Kills a silo when training has begun.</summary>
/// <param name="progress">Takes what is reported.</param>
/// <param name="silos">The silos.</param>
/// <param name="random">Says which.</param>
internal sealed class Chaos(IProgress<TrainingProgress> progress, LocalSilos silos, Random random) : IProgress<TrainingProgress>
{
    private bool _killed;

    public void Report(TrainingProgress value)
    {
        progress.Report(value);
        if (_killed || value is not { Phase: TrainingPhase.Training, Step: > 0 }) return;
        _killed = true;
        Kill(silos, random);
    }

    internal static void Kill(LocalSilos silos, Random random) => AnsiConsole.MarkupLineInterpolated($"[red]Silo {silos.Kill(random)} is killed.[/]");
}

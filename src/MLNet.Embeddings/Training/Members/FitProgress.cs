using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Tells the caller how far a fit is that trains several networks: those tried by a search, then those of the model.</summary>
/// <param name="progress">Told one report at a time.</param>
/// <param name="work">How much each network that will be trained costs beside the others, in their order.</param>
internal sealed class FitProgress(IProgress<TrainingProgress> progress, IReadOnlyList<double> work)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double[] _done = new double[work.Count];
    private int _begun;

    /// <summary>Takes the reports of the next networks, one each.</summary>
    /// <param name="count">How many are trained side by side.</param>
    /// <param name="phase">What they are trained for.</param>
    internal IReadOnlyList<Part> Next(int count, TrainingPhase phase)
    {
        int first = _begun;
        _begun += count;
        return [.. Enumerable.Range(0, count).Select(i => new Part(this, first + i, i + 1, count, phase))];
    }

    private void Advance(int place, double share)
    {
        lock (_done) _done[place] = work[place] * share;
    }

    private void Report(Part part, TrainingProgress report)
    {
        lock (_done)
        {
            Advance(part.Place, (report.Epoch - 1 + (double)report.Step / report.Steps) / report.MaxEpochs);
            double done = _done.Sum() / work.Sum();
            progress.Report(report with
            {
                Phase = part.Phase,
                Network = part.Number,
                Networks = part.Count,
                Remaining = done > 0 ? Stopwatch.GetElapsedTime(_start) * ((1 - done) / done) : report.Remaining,
            });
        }
    }

    /// <summary>Takes the reports of one network.</summary>
    internal sealed record Part(FitProgress All, int Place, int Number, int Count, TrainingPhase Phase) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => All.Report(this, value);

        /// <summary>Says that the network needs no more time.</summary>
        internal void Finish() => All.Advance(Place, share: 1);
    }
}

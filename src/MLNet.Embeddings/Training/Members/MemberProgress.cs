using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Tells the caller how far the fits of several networks are together.</summary>
/// <param name="progress">Told one report at a time.</param>
/// <param name="members">Number of networks.</param>
internal sealed class MemberProgress(IProgress<TrainingProgress> progress, int members)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double[] _shares = new double[members];

    /// <summary>Takes the reports of one network.</summary>
    internal IProgress<TrainingProgress> Of(int member) => new Member(this, member);

    /// <summary>Says that a network needs no more time.</summary>
    internal void Finish(int member)
    {
        lock (_shares) _shares[member] = 1;
    }

    private void Report(int member, TrainingProgress report)
    {
        lock (_shares)
        {
            _shares[member] = (report.Epoch - 1 + (double)report.Step / report.Steps) / report.MaxEpochs;
            double done = _shares.Average();
            progress.Report(report with
            {
                Network = member + 1,
                Networks = members,
                Remaining = done > 0 ? Stopwatch.GetElapsedTime(_start) * ((1 - done) / done) : report.Remaining,
            });
        }
    }

    private sealed class Member(MemberProgress all, int member) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => all.Report(member, value);
    }
}

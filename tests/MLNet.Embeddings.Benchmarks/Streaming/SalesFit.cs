using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>One fit to a <see cref="SalesFile"/> in a process of its own.</summary>
internal static class SalesFit
{
    private const int Epochs = 2, BatchSize = 1_024;

    /// <summary>Fits and measures. What its phases and epochs took goes to standard error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferRows">Rows in memory at a time; null for all.</param>
    /// <returns>How long the quicker epoch took, its validation included, and the largest working set.</returns>
    internal static JobFigures Run(string path, int? bufferRows)
    {
        var context = new MLContext(1);
        var phases = new PhaseTimes();
        var options = new MultiEmbeddingOptions
        {
            Columns =
            [
                InputColumn.Category(nameof(SalesRow.City)), InputColumn.Category(nameof(SalesRow.Product)), InputColumn.Number(nameof(SalesRow.Price)),
                InputColumn.Number(nameof(SalesRow.Age)), InputColumn.Number(nameof(SalesRow.Distance)),
                InputColumn.Text(nameof(SalesRow.Title), SequenceEncoder.Mean()) with { Readings = [] },
            ],
            HiddenUnits = [64],
            MaxEpochs = Epochs,
            BatchSize = BatchSize,
            ShuffleBufferRows = bufferRows,
            Seed = 1,
            Progress = phases,
        };
        var history = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(SalesFile.Open(context, path)).History;
        phases.Print(history);
        using var process = Process.GetCurrentProcess();
        return new JobFigures(history.Epochs.Min(epoch => epoch.Duration), process.PeakWorkingSet64);
    }

    /// <summary>When which phase of a fit began, and how much all cores had computed by then. Reports come from one thread.</summary>
    private sealed class PhaseTimes : IProgress<TrainingProgress>
    {
        private readonly List<(string Name, long Start, TimeSpan Computed, long PeakBytes)> _phases = [];

        public void Report(TrainingProgress value)
        {
            string name = value.Column is null ? $"{value.Phase}" : $"{value.Phase} {value.Column}";
            if (value.Epoch > 0) name += $" {value.Epoch}";
            if (_phases.Count == 0 || _phases[^1].Name != name) Begin(name);
        }

        internal void Print(TrainingHistory history)
        {
            Begin("");
            var culture = CultureInfo.InvariantCulture;
            foreach (var (phase, next) in _phases.Zip(_phases.Skip(1)))
            {
                var time = Stopwatch.GetElapsedTime(phase.Start, next.Start);
                Console.Error.WriteLine(string.Create(culture,
                    $"  {phase.Name}: {time.TotalSeconds:F1} s, {(next.Computed - phase.Computed) / time:F1} cores at work, {next.PeakBytes / 1e6:N0} MB"));
            }
            foreach (var epoch in history.Epochs)
                Console.Error.WriteLine(string.Create(culture, $"  epoch {epoch.Epoch}: {epoch.Duration.TotalSeconds:F1} s, loss {epoch.ValidationLoss:F5}"));
        }

        private void Begin(string name)
        {
            using var process = Process.GetCurrentProcess();
            _phases.Add((name, Stopwatch.GetTimestamp(), process.TotalProcessorTime, process.PeakWorkingSet64));
        }
    }
}

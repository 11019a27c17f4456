using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML;
using MLNet.Embeddings.Processes;

namespace MLNet.Embeddings.Robustness;

/// <summary>Threads that score without end, by a model that another process saves again and again.</summary>
internal static class SoakHunt
{
    private const int Threads = 8, Models = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("predictions");
        string folder = Directory.CreateTempSubdirectory("robustness-").FullName, path = ModelOf(folder);
        var time = Stopwatch.StartNew();
        Save(new MLContext(1), path, version: 0);
        using var writer = Process.Start(ThisProgram.Start(WorkerCommands.Writer, "--folder", folder))!;
        var expected = new ConcurrentDictionary<int, SoakScores>();
        var current = SoakScores.Load(path, expected);
        MemoryFigures? before = null;
        int loads = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            while (time.Elapsed < arguments.Duration) Volatile.Read(ref current).Score(number, findings);
        }))];
        foreach (var thread in threads) thread.Start();
        while (time.Elapsed < arguments.Duration)
        {
            Thread.Sleep(Pause < arguments.Duration / 10 ? Pause : arguments.Duration / 10);
            findings.Try($"load {loads++}", () =>
            {
                Volatile.Write(ref current, SoakScores.Load(path, expected));
                return null;
            });
            if (before is null && time.Elapsed > arguments.Duration / 10) before = MemoryFigures.Take();
        }
        foreach (var thread in threads) thread.Join();
        var after = MemoryFigures.Take();
        writer.Kill();
        writer.WaitForExit();
        Directory.Delete(folder, recursive: true);
        findings.Notes.Add($"{loads} loads of {expected.Count} models. At the end {after}.");
        if (before is not null && after.GrownSince(before) is { } growth) findings.Add("memory", growth);
        return findings;
    }

    /// <summary>What the other process does: saves models in turn, until it is killed.</summary>
    internal static int Write(string folder)
    {
        var context = new MLContext(1);
        for (int i = 1; ; i++)
        {
            Save(context, ModelOf(folder), i % Models);
            Thread.Sleep(Pause);
        }
    }

    private static string ModelOf(string folder) => Path.Combine(folder, "model.zip");

    private static void Save(MLContext context, string path, int version)
    {
        var model = context.BinaryClassification.Trainers.MultiEmbedding(new()
        {
            Columns = [InputColumn.Text("Text", SequenceEncoder.Gru(16)), InputColumn.Category("Category"), InputColumn.Number("Number")],
            MaxEpochs = 1,
            HiddenUnits = [16],
            NumberOfThreads = 1,
            Seed = version,
        }).Fit(SoakScores.Rows.View());
        context.Model.SaveAtomically(model, null, path);
    }
}

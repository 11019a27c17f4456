using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>All that must stay the same for a training to go on bit for bit, by name.</summary>
internal static class CheckpointSettings
{
    internal static IReadOnlyDictionary<string, string> Of(TrainingOptions options, Trainee trainee)
    {
        var settings = OfSteps(options, trainee.TrainingRows);
        if (options.Schedule.HasEnd) settings[nameof(options.MaxEpochs)] = Text(options.MaxEpochsFor(trainee.TrainingRows));
        foreach (var (name, value) in trainee.Settings) settings[name] = value;
        return settings;
    }

    /// <summary>The settings of a training's steps.</summary>
    /// <param name="options">The settings of the training.</param>
    /// <param name="rows">Number of training rows.</param>
    internal static Dictionary<string, string> OfSteps(TrainingOptions options, int rows) => new()
    {
        ["batch size"] = Text(options.BatchSizeFor(rows)),
        [nameof(options.LearningRate)] = Text(options.LearningRate),
        [nameof(options.Schedule)] = Text(options.Schedule),
        [nameof(options.Regularization)] = Text(options.Regularization),
        [nameof(options.DenseTableUpdates)] = options.DenseTableUpdates.ToString(),
        [nameof(options.MinDelta)] = Text(options.MinDelta),
        [nameof(options.Backend)] = options.Backend.ToString(),
    };

    /// <summary>What a part of a fit must be the same for, whichever rows are held out when.</summary>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="labels">The labels as the options name them.</param>
    /// <param name="table">All rows.</param>
    /// <param name="folds">Which of them are held out together.</param>
    internal static Dictionary<string, string> OfRows(int seed, IEnumerable<LabelColumn> labels, TrainingTable table, RowFolds folds)
    {
        var targets = new TargetChecksum();
        targets.Add(table, [.. Enumerable.Range(0, table.RowCount)]);
        var held = Enumerable.Range(0, folds.Count).Select(fold => Hash(MemoryMarshal.AsBytes<int>(folds.HeldOutRows(fold))));
        return new()
        {
            ["rows"] = Text(table.RowCount),
            ["labels or example weights"] = targets.ToString(),
            ["held-out rows"] = string.Join(' ', held),
            [nameof(MultiEmbeddingOptions.Labels)] = Text(labels),
            [nameof(TrainingOptions.Seed)] = Text(seed),
        };
    }

    /// <summary>Refuses a checkpoint of other settings.</summary>
    /// <param name="file">The checkpoint.</param>
    /// <param name="before">The settings in it.</param>
    /// <param name="now">Those of the fit.</param>
    /// <exception cref="InvalidOperationException">They differ; the message has a line for each difference.</exception>
    internal static void RequireSame(CheckpointFile file, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        string[] differences =
        [
            .. from name in before.Keys.Union(now.Keys)
               let values = (Before: before.GetValueOrDefault(name, "not set"), Now: now.GetValueOrDefault(name, "not set"))
               where values.Before != values.Now
               select $"{name}: {values.Before} then, {values.Now} now",
        ];
        if (differences.Length == 0) return;
        throw new InvalidOperationException(
            $"The checkpoint '{file.FilePath}' is of a training with other settings or data; " +
            $"go on with the same, give another folder, or delete the checkpoint to train from the beginning.\n{string.Join('\n', differences)}");
    }

    /// <summary>A number for bytes, in words that tell nothing but whether they are the same.</summary>
    internal static string Hash(ReadOnlySpan<byte> bytes) => Text(XxHash3.HashToUInt64(bytes));

    /// <summary>A number for arrays one after the other, in words that tell nothing but whether they are the same.</summary>
    internal static string Hash(IEnumerable<float[]> arrays)
    {
        var hash = new Checksum();
        foreach (float[] values in arrays)
        {
            foreach (var piece in FloatPieces.BytesOf(values)) hash.Append(piece);
        }
        return Text(hash.Value);
    }

    /// <summary>The texts of records.</summary>
    internal static string Text(IEnumerable<object> records) => string.Join(", ", records.Select(Text));

    /// <summary>A record's own text, the same in all cultures: a record writes its numbers in the current one.</summary>
    internal static string Text(object record)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return record.ToString()!;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Fits the wide part of a model: measures its features, then trains its weights.</summary>
/// <param name="columns">The columns that it reads.</param>
/// <param name="table">Their rows, in the same order.</param>
/// <param name="folds">Which rows are held out together.</param>
/// <param name="objective">What is learned.</param>
/// <param name="previous">The wide part to go on from, whose crossed columns stay as they are; null to begin anew.</param>
/// <param name="cancellation">Ends the fit.</param>
/// <param name="progress">Told how far it is; null if nobody asks.</param>
/// <param name="keep">Makes what keeps the outcome, of what that must be the same for; null for nothing.</param>
internal sealed class WideFit(
    IReadOnlyList<InputColumn> columns, TrainingTable table, RowFolds folds, NetworkObjective objective, TrainedWide? previous,
    CancellationToken cancellation, FitProgress.Part? progress = null, Func<IEnumerable<(string Name, string Value)>, PartKeeper>? keep = null)
{
    /// <summary>Most weights: training keeps a dozen times as many numbers in memory.</summary>
    private const int MostWeights = 1 << 23;

    private const string HeldOutName = "heldOut";

    private readonly WideStart? _start = previous is null ? null : new(previous);

    /// <summary>The wide part; null until it is trained, or where training was cancelled.</summary>
    internal TrainedWide? Trained { get; private set; }

    /// <summary>For each row what weights give that have not seen it: (rows, outputs); NaN for rows that are never held out.</summary>
    internal float[] HeldOutScores { get; private set; } = [];

    /// <summary>The inverse penalty that served held-out rows best.</summary>
    internal double InversePenalty { get; private set; }

    /// <summary>Trains.</summary>
    internal void Train()
    {
        try
        {
            progress?.Approach(0);
            Trained = Fit();
            progress?.Finish();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The networks may have got so far that there is a model.
        }
    }

    private TrainedWide Fit()
    {
        int[] rows = folds.AllRows;
        NumberScale?[] scales = [.. table.Scales(rows, cancellation).Select((scale, i) => _start?.ScaleOf(i, table.Columns[i]) ?? scale)];
        double share = _start is null ? KeptShare() : 1;
        WideColumn[] inputs = [.. columns.Zip(table.Columns, scales).Select(column => ShapeOf(column.First.Name, column.Second, column.Third, share))];
        (WideCross Column, float[] Pairs)[] crosses = _start is null ? [.. Crosses(inputs)] : [.. _start.Crosses];
        var shape = new WideShape([.. inputs, .. crosses.Select(cross => cross.Column)], objective.Outputs);
        if (_start is not null) shape = _start.Adopt(shape);
        shape.RequireSize();
        Dictionary<string, float[]> arrays = [];
        foreach (var (column, data, scale) in shape.Columns.Zip(table.Columns, scales))
        {
            if (column is WideTerms terms)
            {
                arrays[terms.InverseFrequencies] = InverseFrequencies((SequenceData)data, terms.FeatureCount, rows);
                _start?.LayOver(terms, arrays[terms.InverseFrequencies]);
            }
            if (column is WideNumbers numbers)
            {
                foreach (var (part, values) in scale!.Arrays) arrays[numbers.PartName(part)] = values;
            }
        }
        foreach (var (cross, pairs) in crosses) arrays[cross.Pairs] = pairs;
        int offset = 0;
        List<WideFeatures> features = [];
        foreach (var (position, column) in shape.Columns.Index())
        {
            features.Add(WideFeatures.Of(column, position, offset, name => arrays[name]));
            offset += column.FeatureCount;
        }
        float[]? begin = _start?.Parameters(shape);
        var keeper = keep?.Invoke(
        [
            ("columns or classes", CheckpointSettings.Hash(JsonSerializer.SerializeToUtf8Bytes(shape, NetworkJson.Default.WideShape))),
            ("numbers or terms of the data", CheckpointSettings.Hash(arrays.Values)),
            ("earlier model", CheckpointSettings.Hash([begin ?? []])),
        ]);
        if (keeper?.Read() is var (found, known))
        {
            HeldOutScores = known[HeldOutName].Values;
            InversePenalty = found[nameof(InversePenalty)];
            return TrainedWide.Of(shape, known.Select(array => (array.Key, array.Value.Values)));
        }
        var labels = new RowBatch([], table.Labels, table.Weights);
        var pass = new RowPass(cancellation, _ => progress?.Beat());
        var trainer = new WideTrainer(WideRows.Of(table, scales, features, pass), offset, objective, labels, folds, begin, progress, cancellation);
        (float[] parameters, HeldOutScores, InversePenalty) = trainer.Train();
        int start = 0;
        foreach (var column in shape.Columns)
        {
            int count = column.FeatureCount * objective.Outputs;
            arrays[column.Weights] = parameters[start..(start += count)];
        }
        arrays[WideShape.Bias] = parameters[start..];
        var trained = TrainedWide.Of(shape, arrays.Select(array => (array.Key, array.Value)));
        keeper?.Write(
            new Dictionary<string, double> { [nameof(InversePenalty)] = InversePenalty },
            new Dictionary<string, WeightArray>(trained.Weights) { [HeldOutName] = WeightArray.Vector(HeldOutScores) });
        return trained;
    }

    /// <summary>The crossed columns of categories; none where their weights would be too many.</summary>
    private IReadOnlyList<(WideCross Column, float[] Pairs)> Crosses(WideColumn[] inputs)
    {
        var found = CategoryPairs.Of(inputs, table.Columns, folds.AllRows, cancellation);
        long features = inputs.Sum(column => (long)column.FeatureCount) + found.Sum(cross => (long)cross.Column.PairCount);
        return features * objective.Outputs <= MostWeights ? found : [];
    }

    /// <summary>The share of keys, the most frequent ones, that are features: all unless there would be too many weights.</summary>
    private double KeptShare()
    {
        long keys = table.Columns.OfType<TermData>().Sum(data => (long)data.KeyCount);
        return Math.Min(1, (double)MostWeights / objective.Outputs / Math.Max(1, keys));
    }

    private static WideColumn ShapeOf(string name, ColumnData data, NumberScale? scale, double share) => data switch
    {
        CategoryData category => new WideCategory(name, category.KeyCount, (int)(category.KeyCount * share)),
        SequenceData terms => new WideTerms(name, terms.KeyCount, (int)(terms.KeyCount * share)),
        _ => new WideNumbers(name, scale!.KnotCounts, scale.HasMissing) { IsDouble = true },
    };

    /// <summary>The inverse document frequency of each term: ln((1 + rows) / (1 + rows with the term)) + 1.</summary>
    private static float[] InverseFrequencies(SequenceData data, int features, int[] rows)
    {
        int[] counts = new int[features], lastRow = new int[features];
        Array.Fill(lastRow, -1);
        foreach (int row in rows)
        {
            foreach (int key in data.KeysOf(row))
            {
                if (key >= features || lastRow[key] == row) continue;
                lastRow[key] = row;
                counts[key]++;
            }
        }
        return Array.ConvertAll(counts, count => (float)(Math.Log((1.0 + rows.Length) / (1 + count)) + 1));
    }
}

using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted model made ready to score. Any number of threads may use it at once.</summary>
internal sealed class Scorer
{
    private readonly TrainedModel _model;
    private readonly TrainedParameters[] _parameters;
    private readonly bool _givesFeatures;

    internal Scorer(TrainedModel model) : this(model, [.. model.Networks.Select(network => new TrainedParameters(network))], givesFeatures: false) { }

    private Scorer(TrainedModel model, TrainedParameters[] parameters, bool givesFeatures)
    {
        (_model, _parameters, _givesFeatures) = (model, parameters, givesFeatures);
        Columns = [.. ReadColumn.OfNetworks(model).Select(ScoredColumn.Of)];
        WideColumns = [.. ReadColumn.OfWide(model).Select(ScoredColumn.Of)];
    }

    /// <summary>What the networks read.</summary>
    internal ScoredColumn[] Columns { get; }

    /// <summary>What the wide part reads.</summary>
    internal ScoredColumn[] WideColumns { get; }

    /// <summary>Finds the model's columns: those of the networks in their order, then those of the wide part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column[] Find(DataViewSchema schema) => [.. Columns.Concat(WideColumns).Select(column => column.Find(schema))];

    /// <summary>The model for one row or cursor; what is computed of its weights alone is shared by all of them.</summary>
    internal IRowNetwork Open(int threads) =>
        _givesFeatures ? new HiddenNetwork(_model.Shape, _parameters, threads) : new ModelNetwork(_model, _parameters, threads);

    /// <summary>The networks alone, which give what their output layers read in the place of scores.</summary>
    internal Scorer ForFeatures() => new(_model with { Wide = null, Mixture = [] }, _parameters, givesFeatures: true);
}

/// <summary>Reads the model's columns of a row or cursor into batches. Allocates nothing per row once the batches have grown.</summary>
internal sealed class BatchReader
{
    private readonly ColumnReader[] _readers;

    /// <param name="scorer">The model.</param>
    /// <param name="row">The row or cursor, on which the columns are active.</param>
    /// <param name="inputs">The columns as <see cref="Scorer.Find"/> gave them.</param>
    internal BatchReader(Scorer scorer, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        _readers = [.. scorer.Columns.Concat(scorer.WideColumns).Select((column, i) => column.Open(row, inputs[i]))];
        int count = scorer.Columns.Length;
        Batch = BatchOf(_readers[..count]);
        WideBatch = _readers.Length > count ? BatchOf(_readers[count..]) : null;
    }

    /// <summary>The rows that were read, as the networks take them.</summary>
    internal RowBatch Batch { get; }

    /// <summary>The rows that were read, as the wide part takes them; null without one.</summary>
    internal RowBatch? WideBatch { get; }

    /// <summary>Reads the row that the cursor stands on.</summary>
    /// <param name="index">Its place in the batch; later ones are forgotten.</param>
    internal void Read(int index)
    {
        foreach (var reader in _readers) reader.Read(index);
        Count(index + 1);
    }

    /// <summary>Says how many rows of the batches are meant.</summary>
    internal void Count(int rows)
    {
        Batch.RowCount = rows;
        if (WideBatch is not null) WideBatch.RowCount = rows;
    }

    private static RowBatch BatchOf(ColumnReader[] readers) => new(Array.ConvertAll(readers, reader => reader.Batch), [], []);
}

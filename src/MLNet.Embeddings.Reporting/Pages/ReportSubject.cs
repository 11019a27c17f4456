using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a report is on: a model and test rows, scored.</summary>
internal sealed class ReportSubject
{
    /// <exception cref="ArgumentException">The data have no label or no rows, or the model predicts nothing that can be reported on.</exception>
    internal ReportSubject(ITransformer model, IDataView data, ReportOptions options)
    {
        (Model, Data, Options) = (model, data, options);
        Network = Find<MultiEmbeddingTransformer>(model);
        bool decodes = Find<SequenceToSequenceTransformer>(model) is not null;
        IsNetwork = Network is not null || decodes;
        string label = options.LabelColumnName ?? LabelOf(Network?.Settings) ?? "Label";
        var scored = model.Transform(data);
        if (decodes && !ScoreNames.HasTargets(scored.Schema))
            throw new ArgumentException("The test data lack the column of the right outputs that the encoder-decoder was trained with. Give rows with it.");
        Names = ScoreNames.Of(scored.Schema, label);
        // The columns are read several times, and computed once.
        Scored = Context.Data.Cache(scored, Names.All(scored.Schema));
        Rows = JudgedRows.Read(Names.Task == ReportTask.Sequence ? data : Scored, Names, options.WorstRows, options.CancellationToken);
        if (Rows.Count == 0) throw new ArgumentException("The test data have no rows. Give at least one.");
        if (Rows.Labelled == 0) throw new ArgumentException($"No row of the test data has a label that the model knows in column '{Names.Label}'.");
    }

    internal MLContext Context { get; } = new(seed: 1);

    internal ITransformer Model { get; }

    internal IDataView Data { get; }

    internal ReportOptions Options { get; }

    /// <summary>The last step that is a network over columns; null where there is none.</summary>
    internal MultiEmbeddingTransformer? Network { get; }

    /// <summary>Whether the model is one of this library: it then has a history.</summary>
    internal bool IsNetwork { get; }

    /// <summary>Task and columns.</summary>
    internal ScoreNames Names { get; }

    /// <summary>The scored rows.</summary>
    internal IDataView Scored { get; }

    /// <summary>What a pass over them told.</summary>
    internal JudgedRows Rows { get; }

    private static string? LabelOf(MultiEmbeddingOptions? settings) => settings is { Labels: [var first, ..] } ? first.Name : settings?.LabelColumnName;

    private static TStep? Find<TStep>(ITransformer model) where TStep : class, ITransformer
    {
        try
        {
            return model.FindStep<TStep>();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

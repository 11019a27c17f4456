using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A data set that one process and several workers are trained on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">Its rows.</param>
/// <param name="Columns">What is read.</param>
/// <param name="Label">What is predicted.</param>
internal sealed record RoundSet(string Name, SuiteData Data, IReadOnlyList<InputColumn> Columns, LabelColumn Label)
{
    private static readonly string[] OfSuite = ["clothing-recommended", "adult", "taxi-fare"];

    /// <summary>Those there are: of files, where the folder has them, and generated ratings.</summary>
    internal static IEnumerable<RoundSet> All(MLContext context, Arguments arguments)
    {
        if (arguments.DataFolder is { } folder && Directory.Exists(folder))
        {
            var wanted = SuiteSet.ReadAll(folder).Where(set => OfSuite.Contains(set.Name) && set.Name.Contains(arguments.Only, StringComparison.Ordinal));
            foreach (var set in wanted)
                yield return Of(set, SuiteData.Load(context, set, folder, inside: arguments.Validates));
        }
        if (!"ratings".Contains(arguments.Only, StringComparison.Ordinal)) yield break;
        yield return new("ratings", GeneratedRatings.Make(context, arguments.Quick ? 4_000 : 80_000),
        [
            InputColumn.Category(nameof(GeneratedRatings.User)), InputColumn.Category(nameof(GeneratedRatings.Film)),
            InputColumn.Category(nameof(GeneratedRatings.Genre)), InputColumn.Number(nameof(GeneratedRatings.Age)),
        ], LabelColumn.Regression(nameof(GeneratedRatings.Rating)));
    }

    /// <summary>What a network makes of the rows to judge by: log loss of a binary label, root mean squared error of a number.</summary>
    internal double Error(MLContext context, ITransformer model)
    {
        var scored = model.Transform(Data.Test);
        return Label is BinaryLabel
            ? context.BinaryClassification.Evaluate(scored, Label.Name).LogLoss * Math.Log(2)
            : context.Regression.Evaluate(scored, Label.Name).RootMeanSquaredError;
    }

    /// <summary>What one process trains.</summary>
    internal ITransformer FitHere(MLContext context, MultiEmbeddingOptions options)
    {
        IEstimator<ITransformer> trainer = Label is BinaryLabel
            ? context.BinaryClassification.Trainers.MultiEmbedding(options)
            : context.Regression.Trainers.MultiEmbedding(options);
        return trainer.Fit(Data.Training);
    }

    /// <summary>The rows to train on, in as many parts.</summary>
    internal IDataView[] Parts(MLContext context, int count)
    {
        long rows = Data.Training.GetRowCount() ?? throw new InvalidOperationException("The rows are in memory.");
        return
        [
            .. Enumerable.Range(0, count).Select(part =>
            {
                long first = part * rows / count, end = (part + 1) * rows / count;
                return context.Data.TakeRows(first == 0 ? Data.Training : context.Data.SkipRows(Data.Training, first), end - first);
            }),
        ];
    }

    private static RoundSet Of(SuiteSet set, SuiteData data) => new(set.Name, data,
    [
        .. set.Texts.Select(name => InputColumn.Text(name)), .. set.Categories.Select(name => InputColumn.Category(name)),
        .. set.Numbers.Select(name => InputColumn.Number(name)),
    ], set.Task is BinarySuiteTask ? LabelColumn.Binary(set.Label) : LabelColumn.Regression(set.Label));
}

using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Small trainers for rows of type <see cref="TrainingRow"/>, and what they yield.</summary>
internal static class Trainers
{
    /// <summary>A column of each kind.</summary>
    internal static IReadOnlyList<InputColumn> AllColumns { get; } =
    [
        InputColumn.Sequence("Words", 8, SequenceEncoder.Gru(8)),
        InputColumn.Category("Category"),
        InputColumn.Number("Number"),
        InputColumn.Number("Numbers"),
    ];

    /// <summary>Settings under which a small network learns a plain signal in a second.</summary>
    internal static MultiEmbeddingOptions Options { get; } = new() { Columns = AllColumns, HiddenUnits = [8], MaxEpochs = 8, LearningRate = 0.02, Seed = 1 };

    internal static MultiEmbeddingTrainer Of(MultiEmbeddingOptions options) => new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(options);

    internal static MultiEmbeddingTransformer Fit(MultiEmbeddingOptions options, params TrainingRow[] rows) => Of(options).Fit(TrainingRow.View(rows));

    internal static float[] Scores(ITransformer model, params TrainingRow[] rows) => Networks.Scores(model.Transform(TrainingRow.View(rows)));

    /// <summary>Area under the ROC curve over the rows.</summary>
    internal static double AreaUnderCurve(ITransformer model, params TrainingRow[] rows) =>
        new MLContext(1).BinaryClassification.Evaluate(model.Transform(TrainingRow.View(rows))).AreaUnderRocCurve;

    /// <summary>The learned arrays, as they stand in a model file.</summary>
    internal static IReadOnlyDictionary<string, WeightArray> Weights(ITransformer model)
    {
        using var file = new MemoryStream();
        new MLContext(1).Model.Save(model, null, file);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        using var weights = new MemoryStream();
        using (var entry = archive.Entries.Single(entry => entry.Name == SafeTensors.EntryName).Open()) entry.CopyTo(weights);
        weights.Position = 0;
        return SafeTensors.Read(weights);
    }

    /// <summary>Fails unless two models have the same weights, bit for bit.</summary>
    internal static void AssertSameWeights(ITransformer expected, ITransformer actual)
    {
        var (left, right) = (Weights(expected), Weights(actual));
        CollectionAssert.AreEquivalent(left.Keys.ToArray(), right.Keys.ToArray());
        foreach (var (name, array) in left) CollectionAssert.AreEqual(array.Values, right[name].Values, name);
    }
}

using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Small models of orders, fitted once.</summary>
internal static class OrderModels
{
    private static readonly Lazy<byte[]> FirstModel = new(() => Fit("IsKept")), SecondModel = new(() => Fit("Reason"));

    /// <summary>File of a model that tells whether an order is kept.</summary>
    internal static byte[] First => FirstModel.Value;

    /// <summary>File of a model that tells why one is not.</summary>
    internal static byte[] Second => SecondModel.Value;

    internal static ITransformer Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return new MLContext().Model.Load(stream, out _);
    }

    private static byte[] Fit(string label)
    {
        var context = new MLContext(seed: 1);
        var all = context.Data.LoadFromEnumerable(OrderRow.Make(300, seed: 1));
        var rows = context.Transforms.SelectColumns("Note", "Product", "Amount", "Day", label).Fit(all).Transform(all);
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = label,
            Effort = TrainingEffort.Quick,
            MaxEpochs = 2,
        };
        ITransformer model = label == "IsKept" ? context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(rows)
            : context.MulticlassClassification.Trainers.MultiEmbedding(options).Fit(rows);
        using var stream = new MemoryStream();
        context.Model.Save(model, rows.Schema, stream);
        return stream.ToArray();
    }
}

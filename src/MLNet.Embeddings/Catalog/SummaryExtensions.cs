using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Describes fitted models.</summary>
public static class SummaryExtensions
{
    /// <summary>
    /// A model as a text for people, as Keras's <c>model.summary()</c>: its steps; of networks each column and layer with what it gives out and how many
    /// parameters it has, the wide part, the best epoch, what was measured, warnings and settings.
    /// </summary>
    /// <param name="model">A fitted or loaded model, whatever chain it stands in.</param>
    /// <example><code>
    /// Console.WriteLine(model.Summary());
    /// </code></example>
    public static string Summary(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelSummary.Of(model);
    }
}

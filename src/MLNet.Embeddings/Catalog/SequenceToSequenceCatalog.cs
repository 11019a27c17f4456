using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Steps that decode one sequence from another.</summary>
public static class SequenceToSequenceCatalog
{
    /// <summary>Trains an encoder-decoder that turns the tokens of one column into those of another.</summary>
    /// <param name="catalog">The catalog <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="outputColumnName">Name of the column of decoded text to add; the names of further ones begin with it.</param>
    /// <param name="sourceColumnName">Name of the column to decode from: text, or keys as <c>IndexTokens</c> makes them.</param>
    /// <param name="targetColumnName">Name of the column with the right outputs, which is needed for fitting only: text, or keys with values.</param>
    /// <param name="options">How text is cut into tokens, the network, and how it is trained and decodes; the defaults when null.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Text.SequenceToSequence("Spoken", sourceColumnName: "Spelling", targetColumnName: "Phonemes",
    ///     new SequenceToSequenceOptions { SourceTokens = new() { Split = TokenSplit.Character }, TargetTokens = new() { Split = TokenSplit.Whitespace } });
    /// </code></example>
    /// <exception cref="ArgumentException">A name is empty, or settings are out of range; the message has a line for each.</exception>
    public static SequenceToSequenceEstimator SequenceToSequence(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string sourceColumnName, string targetColumnName, SequenceToSequenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SequenceToSequenceEstimator(ClosedSide.EnvironmentOf(catalog), outputColumnName, sourceColumnName, targetColumnName, options ?? new());
    }
}

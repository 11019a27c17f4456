using System.Diagnostics.CodeAnalysis;
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
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string sourceColumnName, string targetColumnName,
        SequenceToSequenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SequenceToSequenceEstimator(ClosedSide.EnvironmentOf(catalog), outputColumnName, sourceColumnName, targetColumnName, options ?? new());
    }
}

/// <summary>Measures decoded sequences.</summary>
[SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in their required parameters.")]
public static class SequenceEvaluationExtensions
{
    /// <summary>Measures how well the outputs of <c>SequenceToSequence</c> agree with their targets.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="scored">What the fitted model made of data that has the target column.</param>
    /// <param name="outputColumnName">Name of the column of decoded text.</param>
    /// <example><code>
    /// SequenceMetrics metrics = mlContext.EvaluateSequences(model.Transform(testData), "Spoken");
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model adds is missing: the data has no target column, or no model was applied to it.
    /// </exception>
    /// <exception cref="InvalidOperationException">No row has a target.</exception>
    public static SequenceMetrics EvaluateSequences(this MLContext mlContext, IDataView scored, string outputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return EvaluateSequences(
            mlContext, scored, outputColumnName + OutputColumns.Tokens, outputColumnName + OutputColumns.TargetTokens,
            outputColumnName + OutputColumns.TargetLogProbability);
    }

    /// <summary>Measures how well the tokens of one column agree with those of another, whatever made them.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="data">The data.</param>
    /// <param name="outputTokensColumnName">Name of the column of output tokens: a vector of keys.</param>
    /// <param name="targetTokensColumnName">Name of the column of the right tokens: a vector of keys with the same values.</param>
    /// <param name="targetLogProbabilityColumnName">
    /// Name of a column of Single with the natural logarithm of the right sequence's probability, its end included; null if there is none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type, or the keys of the two mean other tokens.</exception>
    /// <exception cref="InvalidOperationException">No row has right tokens.</exception>
    public static SequenceMetrics EvaluateSequences(
        this MLContext mlContext, IDataView data, string outputTokensColumnName, string targetTokensColumnName, string? targetLogProbabilityColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(outputTokensColumnName);
        ArgumentException.ThrowIfNullOrEmpty(targetTokensColumnName);
        return SequenceEvaluator.Evaluate(data, outputTokensColumnName, targetTokensColumnName, targetLogProbabilityColumnName);
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Cuts text into tokens and turns each into a key of a vocabulary that it learns: the most frequent terms first.</summary>
/// <remarks>
/// Use it in front of a <c>MultiEmbedding</c> trainer, where the keys pick the rows of a trained table, or of any ML.NET step that takes keys, such as
/// <c>ProduceNgrams</c>. <c>MapKeyToValue</c> gives the terms back.
/// <list type="table">
/// <listheader><term>column</term><description>type</description></listheader>
/// <item><term>input</term><description>Text</description></item>
/// <item><term>output</term><description>
/// Vector of Key&lt;UInt32&gt; without a known size; of size <see cref="TokenIndexingOptions.MaxLength"/> times
/// <see cref="TokenIndexingOptions.NgramLength"/> with <see cref="TokenIndexingOptions.FixedLength"/>.
/// Annotation KeyValues: the terms; none with <see cref="TokenIndexingOptions.HashBuckets"/>
/// </description></item>
/// </list>
/// <list type="table">
/// <listheader><term>key</term><description>meaning</description></listheader>
/// <item><term>0</term><description>padding, with <see cref="TokenIndexingOptions.FixedLength"/> only</description></item>
/// <item><term>1</term><description>
/// unknown: any token without a key of its own, and the literal text "[UNK]". N-grams without a key are left out
/// </description></item>
/// <item><term>2 and above</term><description>
/// terms by falling count; those of equal count in ordinal order. Before them come the keys of <see cref="TokenIndexingOptions.NgramHashBuckets"/>, if any;
/// instead of them those of <see cref="TokenIndexingOptions.HashBuckets"/>
/// </description></item>
/// </list>
/// <list type="table">
/// <listheader><term>characteristic</term><description>value</description></listheader>
/// <item><term>Looks at the data to fit?</term><description>
/// Yes, in one pass; no when <see cref="TokenIndexingOptions.Vocabulary"/> or <see cref="TokenIndexingOptions.HashBuckets"/> is given
/// </description></item>
/// <item><term>Memory to fit</term><description>
/// in proportion to the distinct terms; the n-grams of <see cref="TokenIndexingOptions.NgramLength"/> are many
/// </description></item>
/// <item><term>Native package needed?</term><description>No</description></item>
/// </list>
/// Made by <c>mlContext.Transforms.Text.IndexTokens</c>. With several columns one vocabulary is learned of all of them
/// together, so that a term has the same key in each. An empty or missing text gives an empty vector (all padding with a fixed length).
/// </remarks>
public sealed class TokenIndexingEstimator : IEstimator<TokenIndexingTransformer>
{
    private readonly IHost _host;
    private readonly IReadOnlyList<IndexedColumn> _columns;
    private readonly TokenIndexingOptions _options;
    private readonly VocabularyLearner _learner;

    internal TokenIndexingEstimator(IHostEnvironment environment, IReadOnlyList<IndexedColumn> columns, TokenIndexingOptions options)
    {
        string outputs = IndexedColumn.Describe([.. columns.Select(column => column.OutputColumnName)]);
        OptionErrors.ThrowIfAny($"The settings of IndexTokens for {outputs}", options.Faults(), nameof(options));
        _host = environment.Register(nameof(TokenIndexingEstimator));
        _columns = columns;
        _options = options;
        _learner = new VocabularyLearner(_host, _options.VocabularySettings, _options.NgramHashBuckets ?? 0);
    }

    /// <summary>The schema that the fitted transformer will deliver.</summary>
    /// <param name="inputSchema">The schema of the data to fit on.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or not text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(column => Promise(column, inputSchema))]);
    }

    /// <summary>Learns the terms of the input columns.</summary>
    /// <param name="input">The data to learn from; only these columns are read. Not read at all when the vocabulary is given, or terms are hashed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or not text.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException"><c>MLContext.CancelExecution</c> ended it.</exception>
    public TokenIndexingTransformer Fit(IDataView input) => Fit(input, null, CancellationToken.None);

    /// <summary>Learns the new terms of the input columns, behind those of an earlier step: for a network that goes on learning from new data.</summary>
    /// <remarks>
    /// All terms of the earlier step keep their keys, met again or not. New ones get the keys after these, by falling count in the new data, in which alone
    /// <see cref="TokenIndexingOptions.MinCount"/> counts; <see cref="TokenIndexingOptions.MaxTerms"/> is the most terms that come on top. Of
    /// <see cref="TokenIndexingOptions.Vocabulary"/> those terms are added that are new. Hashed keys stay as they are.
    /// <example><code>
    /// var indexing = mlContext.Transforms.Text.IndexTokens("Keys", "Text");
    /// var monday = indexing.Fit(mondaysData);
    /// var tuesday = indexing.Fit(tuesdaysData, monday);
    /// </code></example>
    /// </remarks>
    /// <param name="input">The new data; only the input columns are read. Not read at all when the vocabulary is given, or terms are hashed.</param>
    /// <param name="previous">The earlier step, fitted or loaded. It stays as it is; its columns may have other names.</param>
    /// <exception cref="ArgumentException">
    /// The keys of the earlier step mean something else: Standardize, Split, HashBuckets or NgramHashBuckets differs. The message lists all that differ.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or not text.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException"><c>MLContext.CancelExecution</c> ended it.</exception>
    public TokenIndexingTransformer Fit(IDataView input, TokenIndexingTransformer previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        return Fit(input, previous, CancellationToken.None);
    }

    /// <summary>Learns the terms of the input columns, behind those of an earlier step where there is one, and tells a log what is left out.</summary>
    internal TokenIndexingTransformer Fit(IDataView input, TokenIndexingTransformer? previous, RowPass pass, FitLog? log = null) =>
        Fit(input, previous, request => TermPass.Run(request, input, pass, _host), log);

    /// <summary>The same where whoever has the rows counts the terms.</summary>
    /// <param name="input">The data, of which only the schema counts.</param>
    /// <param name="previous">The earlier step; null where there is none.</param>
    /// <param name="count">Counts; asked at most once.</param>
    /// <param name="log">Takes messages; null where they go to the context.</param>
    internal TokenIndexingTransformer Fit(
        IDataView input, TokenIndexingTransformer? previous, Func<TermRequest, TermCounts> count, FitLog? log = null)
    {
        // Terms that were cut by earlier rules are met again by these only.
        int rules = previous?.Shape.Rules ?? TextRules.Current;
        if (previous is not null) OptionErrors.ThrowIfAny("The earlier step", Shape(termCount: 0, rules).Breaks(previous.Shape), nameof(previous));
        ArgumentNullException.ThrowIfNull(input);
        var request = Request(rules);
        TermPass.Sources(request, input.Schema);
        if (_options.HashBuckets is { } buckets)
        {
            Tell([], log);
            return new TokenIndexingTransformer(Shape(termCount: 0, rules), new HashedKeys(buckets)) { TellsCuts = _options.TellsLosses };
        }

        using var counts = _learner.Count(request, count);
        var vocabulary = _learner.Learn(request, counts, previous?.Vocabulary);
        Tell(Losses(request, vocabulary, counts), log);
        // Whoever trains on the keys later, with a history of its own, tells it in there as well.
        bool tellsCuts = _options.TellsLosses && (log is null || counts is null);
        return new TokenIndexingTransformer(Shape(vocabulary.Terms.Count, rules), vocabulary) { TellsCuts = tellsCuts };
    }

    private TermRequest Request(int rules) => new([.. _columns.Select(column => column.InputColumnName).Distinct()], rules,
        new TextRequest(_options.Split, _options.Standardizes, _options.KeepsSpacing, _options.CountedLength, _options.MaxLength));

    private SchemaShape.Column Promise(IndexedColumn column, SchemaShape input)
    {
        var source = input.Find(TokenIndexingTransformer.Role, column.InputColumnName);
        InputType.Of(source).RequireText(source.Name);
        DataViewType TypeOf(KeyDataViewType key) => TokenIndexingTransformer.OutputType(key, _options.FixedLength, _options.MaxKeys);
        return KeyColumn.Promise(column.OutputColumnName, TypeOf, _options.HashBuckets is not null, source.Annotations, tellsLosses: true);
    }

    private TokenIndexingShape Shape(int termCount, int rules) => new(
        _columns, termCount, _options.Standardizes, _options.Split, _options.NgramLength, _options.MaxLength, _options.FixedLength,
        _options.HashBuckets, _options.NgramHashBuckets, _options.KeepsSpacing, rules);

    private IEnumerable<string?> Losses(TermRequest request, Vocabulary vocabulary, TermCounts? counts)
    {
        var losses = new TokenLosses(IndexedColumn.Describe([.. request.Columns]), _options, request.Texts!.CreateTerms(request.Rules));
        return counts is null
            ? [losses.OfGivenTerms(_learner.Given ?? [])]
            : _options.TellsLosses ? [losses.OfLongTexts(counts.Lengths), losses.OfUnknownTokens(counts, vocabulary)] : [];
    }

    private void Tell(IEnumerable<string?> losses, FitLog? log) =>
        FitLog.Tell(_host, log, [.. IdleTermSettings.Of(_options), .. losses.OfType<string>()], MessageSensitivity.UserData);
}

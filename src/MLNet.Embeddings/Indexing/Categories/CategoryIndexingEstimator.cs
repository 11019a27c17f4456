using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Turns values of any kind into keys of a vocabulary that it learns: the most frequent terms first.</summary>
/// <remarks>
/// Use it in front of a <c>MultiEmbedding</c> trainer, where a key picks the row of a trained table, or of any ML.NET step that takes keys. Unlike ML.NET's
/// <c>MapValueToKey</c> it keeps the most frequent terms, not the first met, and tells a value that it does not know from one that is missing.
/// <c>MapKeyToValue</c> gives the terms back.
/// <list type="table">
/// <listheader><term>column</term><description>type</description></listheader>
/// <item><term>input</term><description>Text, Boolean, any number type, or a key of such; or a vector of these, of known or unknown size</description></item>
/// <item><term>output</term><description>
/// Key&lt;UInt32&gt;, or a vector of it of the same size. Annotation KeyValues: the terms, none with <see cref="CategoryIndexingOptions.HashBuckets"/>;
/// SlotNames are passed on. With several <see cref="CategoryIndexingOptions.HashFunctions"/> always a vector, as many times longer, without SlotNames
/// </description></item>
/// </list>
/// <list type="table">
/// <listheader><term>value</term><description>term</description></listheader>
/// <item><term>text</term><description>
/// itself, in Unicode's normalization form C and without byte order marks, so that é is one letter however it is written; empty: missing
/// </description></item>
/// <item><term>number</term><description>its shortest invariant text, so that 8, 8.0 and "8" are one term; NaN: missing</description></item>
/// <item><term>Boolean</term><description>"True" or "False"</description></item>
/// <item><term>key</term><description>the value it stands for or, if its column has none, its number; 0: missing</description></item>
/// </list>
/// <list type="table">
/// <listheader><term>key</term><description>meaning</description></listheader>
/// <item><term>0</term><description>missing</description></item>
/// <item><term>1</term><description>
/// unknown: any term without a key of its own, and <see cref="CategoryIndexingOptions.UnknownTerm"/> itself
/// </description></item>
/// <item><term>2 and above</term><description>
/// terms by falling count; those of equal count in ordinal order. Hashed terms with <see cref="CategoryIndexingOptions.HashBuckets"/>
/// </description></item>
/// </list>
/// <list type="table">
/// <listheader><term>characteristic</term><description>value</description></listheader>
/// <item><term>Looks at the data to fit?</term><description>
/// Yes, in one pass; no when <see cref="CategoryIndexingOptions.Vocabulary"/> or <see cref="CategoryIndexingOptions.HashBuckets"/> is given
/// </description></item>
/// <item><term>Memory to fit</term><description>in proportion to the distinct terms</description></item>
/// <item><term>Native package needed?</term><description>No</description></item>
/// </list>
/// Made by <c>mlContext.Transforms.Categorical.IndexCategories</c>. With several columns one vocabulary is learned of all of them
/// together, so that a term has the same key in each. The values that a sparse vector leaves out count as what they are: zeros, false, empty texts or missing
/// keys.
/// </remarks>
public sealed class CategoryIndexingEstimator : IEstimator<CategoryIndexingTransformer>
{
    private readonly IHost _host;
    private readonly IReadOnlyList<IndexedColumn> _columns;
    private readonly CategoryIndexingOptions _options;
    private readonly VocabularyLearner _learner;

    internal CategoryIndexingEstimator(IHostEnvironment environment, IReadOnlyList<IndexedColumn> columns, CategoryIndexingOptions options)
    {
        string outputs = IndexedColumn.Describe([.. columns.Select(column => column.OutputColumnName)]);
        OptionErrors.ThrowIfAny($"The settings of IndexCategories for {outputs}", options.Faults(), nameof(options));
        _columns = columns;
        _options = options;
        _host = environment.Register(nameof(CategoryIndexingEstimator));
        _learner = new VocabularyLearner(_host, options.VocabularySettings);
    }

    /// <summary>The schema that the fitted transformer will deliver.</summary>
    /// <param name="inputSchema">The schema of the data to fit on.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, or of a type whose values are no categories.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(column => Promise(column, inputSchema))]);
    }

    /// <summary>Learns the terms of the input columns.</summary>
    /// <param name="input">The data to learn from; only these columns are read. Not read at all when the vocabulary is given, or values are hashed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, or of a type whose values are no categories.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException"><c>MLContext.CancelExecution</c> ended it.</exception>
    public CategoryIndexingTransformer Fit(IDataView input) => Fit(input, null, CancellationToken.None);

    /// <summary>Learns the new terms of the input columns, behind those of an earlier step: for a network that goes on learning from new data.</summary>
    /// <remarks>
    /// All terms of the earlier step keep their keys, met again or not. New ones get the keys after these, by falling count in the new data, in which alone
    /// <see cref="CategoryIndexingOptions.MinCount"/> counts; <see cref="CategoryIndexingOptions.MaxTerms"/> is the most terms that come on top. Of
    /// <see cref="CategoryIndexingOptions.Vocabulary"/> those terms are added that are new. Hashed keys stay as they are.
    /// <example><code>
    /// var indexing = mlContext.Transforms.Categorical.IndexCategories("CityKey", "City");
    /// var monday = indexing.Fit(mondaysData);
    /// var tuesday = indexing.Fit(tuesdaysData, monday);
    /// </code></example>
    /// </remarks>
    /// <param name="input">The new data; only the input columns are read. Not read at all when the vocabulary is given, or values are hashed.</param>
    /// <param name="previous">The earlier step, fitted or loaded. It stays as it is; its columns may have other names.</param>
    /// <exception cref="ArgumentException">
    /// The keys of the earlier step mean something else: HashBuckets, HashFunctions or UnknownTerm differs. The message lists all that differ.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing, or of a type whose values are no categories.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException"><c>MLContext.CancelExecution</c> ended it.</exception>
    public CategoryIndexingTransformer Fit(IDataView input, CategoryIndexingTransformer previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        return Fit(input, previous, CancellationToken.None);
    }

    /// <summary>Learns the terms of the input columns, behind those of an earlier step where there is one.</summary>
    internal CategoryIndexingTransformer Fit(IDataView input, CategoryIndexingTransformer? previous, RowPass pass) =>
        Fit(input, previous, request => TermPass.Run(request, input, pass, _host));

    /// <summary>The same where whoever has the rows counts the terms.</summary>
    /// <param name="input">The data, of which only the schema counts.</param>
    /// <param name="previous">The earlier step; null where there is none.</param>
    /// <param name="count">Counts; asked at most once.</param>
    internal CategoryIndexingTransformer Fit(IDataView input, CategoryIndexingTransformer? previous, Func<TermRequest, TermCounts> count)
    {
        if (previous is not null) OptionErrors.ThrowIfAny("The earlier step", Breaks(previous), nameof(previous));
        ArgumentNullException.ThrowIfNull(input);
        // Terms that were read by earlier rules are met again by these only.
        int rules = previous?.Shape.Rules ?? TextRules.Current;
        var request = new TermRequest([.. _columns.Select(column => column.InputColumnName).Distinct()], rules);
        TermPass.Sources(request, input.Schema);
        FitLog.Tell(_host, log: null, [.. IdleTermSettings.Of(_options)], MessageSensitivity.UserData);
        if (_options.HashBuckets is not null) return new CategoryIndexingTransformer(new CategoryStep(Shape(termCount: 0, rules)));

        using var counts = _learner.Count(request, count);
        var vocabulary = _learner.Learn(request, counts, previous?.Vocabulary);
        return new CategoryIndexingTransformer(new CategoryStep(Shape(vocabulary.Terms.Count, rules), [vocabulary]));
    }

    private IEnumerable<string> Breaks(CategoryIndexingTransformer previous)
    {
        foreach (string fault in Shape(termCount: 0, previous.Shape.Rules).Breaks(previous.Shape)) yield return fault;
        if (previous.Vocabulary?.Terms[0] is { } unknown && unknown != _options.UnknownTerm)
            yield return IndexingShape.Break(nameof(CategoryIndexingOptions.UnknownTerm), unknown, _options.UnknownTerm);
    }

    private SchemaShape.Column Promise(IndexedColumn column, SchemaShape input)
    {
        var source = input.Find(CategoryReader.Role, column.InputColumnName);
        CategoryReader.Require(source);
        var annotations = _options.HashFunctions == 1 ? source.Annotations : null;
        return KeyColumn.Promise(column.OutputColumnName, key => OutputType(key, source.Kind), _options.HashBuckets is not null, annotations);
    }

    private CategoryIndexingShape Shape(int termCount, int rules) => new(_columns, termCount, _options.HashBuckets, _options.HashFunctions, rules);

    private DataViewType OutputType(KeyDataViewType key, SchemaShape.Column.VectorKind kind) => kind switch
    {
        SchemaShape.Column.VectorKind.Scalar when _options.HashFunctions == 1 => key,
        // A promise tells that the size is known, not which it is.
        SchemaShape.Column.VectorKind.Scalar or SchemaShape.Column.VectorKind.Vector => new VectorDataViewType(key, 1),
        _ => new VectorDataViewType(key),
    };
}

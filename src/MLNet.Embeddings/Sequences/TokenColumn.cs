using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>The source or the target of an encoder-decoder: a column of text with what cuts it into tokens, or a column of keys.</summary>
/// <param name="Role">Whether it is the source or the target.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Indexing">What makes keys of its text; null for a column of keys.</param>
/// <param name="KeyCount">Number of keys.</param>
internal sealed record TokenColumn(string Role, string Name, TokenIndexingTransformer? Indexing, int KeyCount)
{
    /// <summary>Name of the column of its keys.</summary>
    internal string KeysName => Indexing?.Shape.Columns[0].OutputColumnName ?? Name;

    /// <summary>Whether a column of a schema, or of the promise of one, is of text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither of text nor of vectors of keys.</exception>
    internal static bool IsText(string role, string name, InputType type) => IsText(type) ?? throw SchemaErrors.Mismatch(
        role, name, "Text or Vector<Key>", type.Description,
        "Give a column of text, whose tokens are indexed by this step, or one of keys, as mlContext.Transforms.Text.IndexTokens makes it.");

    /// <summary>Finds the column, to be read as it was in training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.FindFitted(Role, Name);
        var type = InputType.Of(column);
        return IsText(type) == (Indexing is not null)
            ? column
            : throw SchemaErrors.Unlike(Role, Name, Indexing is not null ? "Text" : "Vector<Key>", type.Description);
    }

    /// <summary>Finds the column if the schema has it with the type of training; else null.</summary>
    internal DataViewSchema.Column? FindIfFit(DataViewSchema schema) =>
        schema.GetColumnOrNull(Name) is { } column && IsText(InputType.Of(column)) == (Indexing is not null) ? column : null;

    /// <summary>Reader of the keys of a row.</summary>
    internal KeyReading.SequenceGetter Open(DataViewRow row, DataViewSchema.Column column)
    {
        if (Indexing is null) return KeyReading.Sequence(row, column, KeyCount);
        var getter = Indexing.CreateGetter(row, column);
        var values = default(VBuffer<uint>);
        int[] keys = [];
        return () =>
        {
            getter(ref values);
            var given = values.GetValues();
            if (keys.Length < given.Length) keys = new int[Math.Max(given.Length, 2 * keys.Length)];
            for (int i = 0; i < given.Length; i++) keys[i] = (int)given[i];
            return keys.AsSpan(0, given.Length);
        };
    }

    /// <summary>True for text, false for a vector of keys, null for anything else.</summary>
    private static bool? IsText(InputType type) => type switch
    {
        { IsVector: false, Item: TextDataViewType } => true,
        { IsVector: true, IsKey: true } => false,
        _ => null,
    };
}

/// <summary>The keys of the source or the target of the data to fit on.</summary>
/// <param name="Column">The column.</param>
/// <param name="Given">The same column as the data has it.</param>
/// <param name="KeysName">Name of the column of keys: its own, or that of the one to add.</param>
internal sealed record IndexedTokens(TokenColumn Column, DataViewSchema.Column Given, string KeysName)
{
    /// <summary>Terms from which on those that occur once are left to the unknown one: they are most, and there is nothing to learn of single rows.</summary>
    private const int ManyTerms = 5_000;

    /// <summary>Finds the column, and learns the vocabulary of its text if it is text.</summary>
    /// <param name="environment">The context.</param>
    /// <param name="role">Whether it is the source or the target.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="keysName">Name of the column of keys, if one has to be added.</param>
    /// <param name="options">How text is cut, and which terms get keys.</param>
    /// <param name="data">The data to learn from.</param>
    /// <param name="log">Takes messages.</param>
    /// <param name="pass">The pass over the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or neither of text nor of vectors of keys.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal static IndexedTokens Learn(
        IHostEnvironment environment, string role, string name, string keysName, TokenIndexingOptions options, IDataView data, FitLog log,
        RowPass pass)
    {
        var column = data.Schema.Find(role, name);
        if (!TokenColumn.IsText(role, name, InputType.Of(column))) return new(new TokenColumn(role, name, null, KeyReading.KeyCount(column)), column, name);
        options = options with { FixedLength = false, Standardize = options.Standardize ?? false, ManyKeys = ManyTerms };
        var indexing = new TokenIndexingEstimator(environment, [new IndexedColumn(keysName, name)], options).Fit(data, previous: null, pass, log);
        return new(new TokenColumn(role, name, indexing, indexing.KeyCount), column, keysName);
    }

    internal bool IsText => Column.Indexing is not null;

    /// <summary>Whether the first key stands for unknown terms.</summary>
    internal bool HasUnknown => IsText || Given.HasUnknownKey();

    /// <summary>The data with the column of keys.</summary>
    internal IDataView KeysOf(IDataView view) => Column.Indexing?.Transform(view) ?? view;

    /// <summary>The terms of all keys.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The keys have no values that can be made text.</exception>
    internal Vocabulary Terms()
    {
        if (Column.Indexing is not null) return Column.Indexing.Vocabulary!;
        string[] terms = KeyColumn.TextsOf(Given) ?? [];
        if (terms.Length == Column.KeyCount && terms.All(Vocabulary.IsTerm) && terms.Distinct(StringComparer.Ordinal).Count() == terms.Length)
            return new Vocabulary(terms);
        throw SchemaErrors.Mismatch(Column.Role, Column.Name, "Vector<Key> with a text for each key", Given.Type.ToString()!,
            "Index the text with mlContext.Transforms.Text.IndexTokens, without HashBuckets and NgramHashBuckets, or give the column of text itself.");
    }
}

/// <summary>The rows that an encoder-decoder can learn from: those with a source and a target that is not too long.</summary>
/// <param name="source">The source.</param>
/// <param name="sourceKeys">Name of the column of its keys.</param>
/// <param name="target">The target.</param>
/// <param name="targetKeys">Name of the column of its keys.</param>
/// <param name="longest">Most tokens of a target.</param>
internal sealed class PairRows(TokenColumn source, string sourceKeys, TokenColumn target, string targetKeys, int longest)
{
    /// <summary>Whether the limit is that of any target, and no setting raises it.</summary>
    private readonly bool _isLongest = longest == EncoderDecoderShape.MostTokens;

    private int _noSource, _noTarget, _longTarget;

    /// <summary>Reads the pairs; the label of a row is the number of its target's tokens.</summary>
    internal TrainingTableReader Reader => new(
        [new SequenceColumn(sourceKeys), new SequenceColumn(targetKeys) { IsTarget = true }],
        [new LabelSource(targetKeys, HasClasses: false, (row, _) => Open(row)) { DescribeNone = DescribeNone, ReasonToLeaveOut = Reasons }],
        WeightColumnName: null);

    /// <summary>Why rows are left out, in words.</summary>
    internal string Reasons => $"their source '{source.Name}' or their target '{target.Name}' is empty, or their target has more than {longest} tokens; " +
        (_isLongest ? "none can have more: cut longer ones before this step" : "raise TargetTokens.MaxLength to train on longer ones");

    private Func<float> Open(DataViewRow row)
    {
        var sources = KeyReading.Sequence(row, row.Schema[sourceKeys], source.KeyCount);
        var targets = KeyReading.Sequence(row, row.Schema[targetKeys], target.KeyCount);
        (_noSource, _noTarget, _longTarget) = (0, 0, 0);
        return () =>
        {
            int length = targets().Length;
            if (length == 0) _noTarget++;
            else if (length > longest) _longTarget++;
            else if (sources().IsEmpty) _noSource++;
            else return length;
            return float.NaN;
        };
    }

    private string DescribeNone(int rows) =>
        $"None of the {rows} rows can be used: the target '{target.Name}' is empty in {_noTarget} and has more than {longest} tokens in {_longTarget}; " +
        $"of the others, {_noSource} have an empty source '{source.Name}'. Rows with a source and a target are needed.";
}

using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>One column that a multi-embedding network reads, and how it reads it.</summary>
/// <remarks>
/// Made by <see cref="Text"/>, <see cref="Category"/>, <see cref="Number"/>, <see cref="Date"/>, <see cref="Bag"/> and <see cref="Sequence"/>; the set of
/// kinds is closed. Immutable, so one record may be used in any number of trainers.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TextColumn), "text")]
[JsonDerivedType(typeof(CategoryColumn), "category")]
[JsonDerivedType(typeof(NumberColumn), "number")]
[JsonDerivedType(typeof(DateColumn), "date")]
[JsonDerivedType(typeof(BagColumn), "bag")]
[JsonDerivedType(typeof(SequenceColumn), "sequence")]
public abstract record InputColumn
{
    private protected InputColumn(string name) => Name = name;

    /// <summary>Name of the column in the trainer's input.</summary>
    public string Name { get; internal init; }

    /// <summary>A raw text, which the trainer cuts and indexes itself and reads in several ways: see <see cref="TextColumn"/>.</summary>
    /// <param name="name">Name of the text column.</param>
    /// <param name="encoder">How the words' vectors become one vector; <see cref="TextColumn.Encoder"/> says what is chosen when left out.</param>
    public static TextColumn Text(string name, SequenceEncoder? encoder = null) => new(name) { Encoder = encoder };

    /// <summary>A date, a time or both: see <see cref="DateColumn"/>.</summary>
    /// <param name="name">
    /// Name of the column: DateTime, DateTimeOffset, TimeSpan, or text in which all dates have one format. A text of another format at scoring or in validation
    /// data is a missing date; the log has a warning about the first one of each pass, or of a prediction engine.
    /// </param>
    public static DateColumn Date(string name) => new(name);

    /// <summary>
    /// A category, looked up in a trained table: a raw value of any type (text, Boolean, number), which the trainer indexes itself, or a scalar key, as
    /// <c>IndexCategories</c> or <c>MapValueToKey</c> makes it.
    /// </summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="dimensions">
    /// Length of a category's vector, from 1 to 4,096. Left out, it follows from the number of categories: see <see cref="EmbeddingColumn.Dimensions"/>.
    /// </param>
    public static CategoryColumn Category(string name, int? dimensions = null) => new(name) { Dimensions = dimensions };

    /// <summary>
    /// A bag: a vector without order, such as the tags of an article, of raw values of any type or of keys, looked up in a trained table and pooled into one
    /// vector.
    /// </summary>
    /// <param name="name">Name of the vector column.</param>
    /// <param name="dimensions">
    /// Length of a key's vector, from 1 to 4,096. Left out, it follows from the number of categories: see <see cref="EmbeddingColumn.Dimensions"/>.
    /// </param>
    /// <param name="pooling">How the keys' vectors become one vector; their mean when left out.</param>
    public static BagColumn Bag(string name, int? dimensions = null, BagPooling pooling = BagPooling.Mean) =>
        new(name) { Dimensions = dimensions, Pooling = pooling };

    /// <summary>A sequence: a vector of keys, as <c>IndexTokens</c> makes it, looked up in a trained table and encoded into one vector.</summary>
    /// <param name="name">Name of the key vector column.</param>
    /// <param name="dimensions">Length of a term's vector, from 1 to 4,096; 64 when left out.</param>
    /// <param name="encoder">How the terms' vectors become one vector; <see cref="SequenceEncoder.Gru"/> with 64 units when left out.</param>
    public static SequenceColumn Sequence(string name, int? dimensions = null, SequenceEncoder? encoder = null) =>
        new(name) { Dimensions = dimensions, Encoder = encoder ?? SequenceEncoder.Gru() };

    /// <summary>A number or a vector of numbers, of any number type or Boolean.</summary>
    /// <param name="name">Name of the number column.</param>
    /// <param name="encoder">How a number becomes a vector; the default of <see cref="NumberColumn.Encoder"/> when left out.</param>
    public static NumberColumn Number(string name, NumberEncoder? encoder = null) => new(name) { Encoder = encoder };

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "The name of an input column must not be empty.";
    }
}

/// <summary>A column of keys, which are looked up in a trained table that has a vector for each.</summary>
public abstract record EmbeddingColumn : InputColumn
{
    private protected EmbeddingColumn(string name) : base(name) { }

    /// <summary>Length of a key's vector.</summary>
    /// <value>
    /// Default null, the same whether the network is described or not: that of <see cref="Vectors"/> if there are any, else 64 for texts and sequences; for
    /// categories and bags of n categories <c>min(64, round(1.6 n^0.56))</c>, which is fastai's rule (fastai/tabular/model.py, emb_sz_rule) with a lower cap.
    /// Else from 1 to 4,096.
    /// </value>
    public int? Dimensions { get; init; }

    /// <summary>
    /// Name of the table that the keys are looked up in. Columns that give the same name share one table, as title and body or source and destination may.
    /// </summary>
    /// <value>
    /// Default null: a table of its own. Raw columns that share one are indexed together, by one vocabulary; columns of keys must have keys of one
    /// vocabulary, as <c>IndexTokens</c> and <c>IndexCategories</c> of several columns make them. Their vectors have one length: that of the first of them
    /// which gives one, else that of the first.
    /// </value>
    public string? Table { get; init; }

    /// <summary>Vectors from a file, by the values of the keys, for the table to begin with.</summary>
    /// <value>
    /// Default null: random vectors, uniform from -0.05 to 0.05 as Keras has it. The keys must have values, so not be hashed; <see cref="Dimensions"/> is
    /// best left out. Columns that share a table share its vectors, and one of them need name them.
    /// </value>
    public PretrainedVectors? Vectors { get; init; }

    /// <summary>Length of a key's vector for so many keys.</summary>
    internal int DimensionsFor(int keyCount) => Dimensions ?? DefaultDimensions(keyCount);

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. TableFaults(), .. Vectors?.Faults(Name) ?? []];

    /// <summary>The length for so many keys where none is given; fastai's rule of thumb unless a kind of column has another.</summary>
    private protected virtual int DefaultDimensions(int keyCount) => Math.Clamp((int)Math.Round(1.6 * Math.Pow(keyCount, 0.56)), 1, 64);

    private IEnumerable<string> TableFaults()
    {
        if (Table is "") yield return $"The table of column '{Name}' must have a name; leave it out for a table of its own.";
        if (Dimensions is < 1 or > 4096) yield return $"The dimensions of column '{Name}' must be from 1 to 4096; they were {Dimensions}.";
    }
}

/// <summary>A category column: a raw value or a scalar key that is looked up in a trained table.</summary>
/// <remarks>
/// Raw values are indexed as by <c>IndexCategories</c> with its defaults: by their text, so that 8 and 8.0 are one category. Key 0 (missing) and key 1
/// (unknown, for columns made by <c>IndexCategories</c>) have rows of their own, trained like the others.
/// </remarks>
public sealed record CategoryColumn : EmbeddingColumn
{
    [JsonConstructor]
    internal CategoryColumn(string name) : base(name) { }
}

/// <summary>
/// A bag column: a vector of raw values or keys without order, such as the tags of an article, looked up in a trained table and pooled into one vector.
/// </summary>
/// <remarks>
/// Raw values are indexed as by <c>IndexCategories</c> with its defaults. Key 0 is skipped wherever it stands; an empty bag is legal and gives zeros. For
/// texts, see <see cref="SequenceColumn"/>.
/// </remarks>
public sealed record BagColumn : EmbeddingColumn
{
    [JsonConstructor]
    internal BagColumn(string name) : base(name) { }

    /// <summary>How the vectors of a bag's keys become one vector.</summary>
    /// <value>Default the mean.</value>
    public BagPooling Pooling { get; init; }

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. EnumValues.Faults($"The pooling of column '{Name}'", Pooling)];
}

/// <summary>How the vectors of a bag's keys become one vector.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BagPooling>))]
public enum BagPooling
{
    /// <summary>Their mean: large bags weigh as much as small ones.</summary>
    Mean,

    /// <summary>Their sum: how many keys there are tells something.</summary>
    Sum,
}

/// <summary>A sequence column: a vector of keys, looked up in a trained table and encoded into one vector.</summary>
/// <remarks>Key 0 is padding and is skipped wherever it stands. An empty sequence is legal and encodes to zeros.</remarks>
public sealed record SequenceColumn : EmbeddingColumn
{
    [JsonConstructor]
    internal SequenceColumn(string name) : base(name) { }

    /// <summary>How the terms' vectors become one vector.</summary>
    /// <value>Default a GRU of 64 units, always: a column of keys is read as it is described.</value>
    public SequenceEncoder Encoder { get; init; } = SequenceEncoder.Gru();

    /// <summary>True for a column whose keys are to be predicted, so that none of them is turned into the unknown one.</summary>
    internal bool IsTarget { get; init; }

    internal override IEnumerable<string> Faults() =>
        base.Faults().Concat(Encoder is null ? [$"The encoder of column '{Name}' must not be null; leave it out for a GRU."] : Encoder.Faults(Name));

    private protected override int DefaultDimensions(int keyCount) => 64;
}

/// <summary>A number column: a scalar or a vector of numbers, each of which becomes a vector.</summary>
/// <remarks>
/// n numbers add n times the length of the <see cref="Encoder"/>'s vectors to the combined one, and n 0/1 indicators of what is missing where the training data
/// had missing values (NaN) in the column.
/// </remarks>
public sealed record NumberColumn : InputColumn
{
    [JsonConstructor]
    internal NumberColumn(string name) : base(name) { }

    /// <summary>How a number becomes a vector.</summary>
    /// <value>
    /// Default null, the same whether the network is described or not: <see cref="NumberEncoder.PiecewiseLinear"/>, the best of the encoders on Adult and on
    /// taxi fares, for columns of up to 64 numbers; <see cref="NumberEncoder.Standard"/> for wider ones, which may be vectors of another model and would grow
    /// twelve times as wide.
    /// </value>
    public NumberEncoder? Encoder { get; init; }

    private const int MostEncoded = 64;

    /// <summary>How a number of a column of so many becomes a vector.</summary>
    internal NumberEncoder EncoderFor(int size) => Encoder ?? (size <= MostEncoded ? NumberEncoder.PiecewiseLinear() : NumberEncoder.Standard());

    internal override IEnumerable<string> Faults() => base.Faults().Concat(Encoder?.Faults(Name) ?? []);
}

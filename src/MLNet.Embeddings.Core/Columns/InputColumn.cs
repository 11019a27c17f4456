namespace MLNet.Embeddings;

/// <summary>One column that a multi-embedding network reads, and how it reads it.</summary>
/// <remarks>
/// Made by <see cref="Category"/>, <see cref="Bag"/>, <see cref="Sequence"/> and <see cref="Number"/>; the set of kinds is closed.
/// Immutable, so one record may be used in any number of trainers.
/// </remarks>
public abstract record InputColumn
{
    private protected InputColumn(string name) => Name = name;

    /// <summary>Name of the column in the trainer's input.</summary>
    public string Name { get; }

    /// <summary>A category: a scalar key, as <c>IndexCategories</c> or <c>MapValueToKey</c> makes it, looked up in a trained table.</summary>
    /// <param name="name">Name of the key column.</param>
    /// <param name="dimensions">
    /// Length of a category's vector, from 1 to 4,096. Left out, it follows from the number of categories: see <see cref="EmbeddingColumn.Dimensions"/>.
    /// </param>
    public static CategoryColumn Category(string name, int? dimensions = null) => new(name) { Dimensions = dimensions };

    /// <summary>A bag: a vector of keys without order, such as the tags of an article, looked up in a trained table and brought together into one vector.</summary>
    /// <param name="name">Name of the key vector column.</param>
    /// <param name="dimensions">Length of a key's vector, from 1 to 4,096. Left out, it follows from the number of categories: see <see cref="EmbeddingColumn.Dimensions"/>.</param>
    /// <param name="pooling">How the keys' vectors become one vector; their mean when left out.</param>
    public static BagColumn Bag(string name, int? dimensions = null, BagPooling pooling = BagPooling.Mean) => new(name) { Dimensions = dimensions, Pooling = pooling };

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

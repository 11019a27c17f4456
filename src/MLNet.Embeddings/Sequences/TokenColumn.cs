using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The source or the target of an encoder-decoder: a column of text with what cuts it into tokens, or a column of keys.</summary>
/// <param name="Role">Whether it is the source or the target.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Indexing">What makes keys of its text; null for a column of keys.</param>
/// <param name="KeyCount">Number of keys.</param>
internal sealed record TokenColumn(string Role, string Name, TokenIndexingTransformer? Indexing, int KeyCount)
{
    /// <summary>Whether a column of a schema, or of the promise of one, is of text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither of text nor of vectors of keys.</exception>
    internal static bool IsText(string role, string name, InputType type) => IsText(type) ?? throw SchemaErrors.Mismatch(
        role, name, "Text or Vector<Key>", type.Description,
        "Give a column of text, whose tokens are indexed by this step, or one of keys, as mlContext.Transforms.Text.IndexTokens makes it.");

    /// <summary>Finds the column, to be read as it was in training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.Find(Role, Name);
        var type = InputType.Of(column);
        if (Indexing is not null) type.RequireText(Name);
        else type.RequireKeys(Role, Name);
        return column;
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

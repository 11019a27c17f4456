using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Classes by the values that stand for them, of any type: each has a number, from 0.</summary>
/// <remarks>Values are compared by their terms, as those of categories are: 8 and 8.0 are one, in a column of whatever type.</remarks>
internal sealed class ValueClasses : TermKeys
{
    /// <summary>What stands in the place of a class's number for a missing value, and for one that is no class.</summary>
    internal const int NoValue = -2, NoClass = -1;

    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _keys;

    /// <param name="texts">The terms of the classes, in their order; where one is there twice, the first counts.</param>
    internal ValueClasses(IReadOnlyList<string> texts)
    {
        var keys = new Dictionary<string, uint>(texts.Count, StringComparer.Ordinal);
        for (int i = 0; i < texts.Count; i++) keys.TryAdd(texts[i], KeyOf(i));
        _keys = keys.GetAlternateLookup<ReadOnlySpan<char>>();
        Count = texts.Count + 1;
    }

    internal override int Count { get; }

    internal override uint KeyOf(ReadOnlySpan<char> term) =>
        term.IsEmpty ? KeyOf(NoValue) : _keys.TryGetValue(term, out uint key) ? key : KeyOf(NoClass);

    /// <summary>Whether values of a type can be classes, or those of a vector of such.</summary>
    internal static bool CanRead(InputType type) => type.IsKey || type.Item is TextDataViewType or BooleanDataViewType or NumberDataViewType;

    /// <summary>Reader of the number of a row's class.</summary>
    internal Func<int> Open(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = (ValueGetter<uint>)CategoryReader.Of(column, TextRules.First).CreateGetter(row, [this]);
        uint key = 0;
        return () =>
        {
            getter(ref key);
            return NumberOf(key);
        };
    }

    /// <summary>Reader of the numbers of a row's classes, in the order of the vector; what is missing is left out.</summary>
    internal Func<List<int>> OpenVector(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = (ValueGetter<VBuffer<uint>>)CategoryReader.Of(column, TextRules.First).CreateGetter(row, [this]);
        var keys = default(VBuffer<uint>);
        List<int> numbers = [];
        return () =>
        {
            getter(ref keys);
            numbers.Clear();
            foreach (uint key in keys.GetValues())
            {
                if (NumberOf(key) is not NoValue and var number) numbers.Add(number);
            }
            return numbers;
        };
    }

    /// <summary>A value of the current row that is no class, as text.</summary>
    internal string UnknownText(DataViewRow row, DataViewSchema.Column column)
    {
        var met = new SeenValues(column);
        met.Open(row)();
        return met.Texts.FirstOrDefault(text => !_keys.ContainsKey(text)) ?? "";
    }

    private static uint KeyOf(int number) => (uint)(number - NoValue);

    private static int NumberOf(uint key) => (int)key + NoValue;
}

/// <summary>The different values of a column, scalars and vectors alike, as terms; missing ones are left out.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Classes are far fewer than terms that are counted in files, which end with their handles.")]
internal sealed class SeenValues(DataViewSchema.Column column) : IMergeable
{
    private readonly VocabularyBuilder _terms = new();

    /// <summary>Makes what takes the values of a cursor's current row.</summary>
    internal Action Open(DataViewRow row) => CategoryReader.Of(column, TextRules.First).CreateCounter(row, _terms);

    internal IReadOnlyList<string> Texts => _terms.Terms;

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(SeenValues));
        var texts = Texts;
        writer.Write7BitEncodedInt(texts.Count);
        foreach (string text in texts.Order(StringComparer.Ordinal)) Merging.Write(writer, text);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(SeenValues), () =>
    {
        for (long left = Merging.ReadCount(reader); left > 0; left--) _terms.Add(Merging.ReadText(reader));
    });
}

using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads the values of a column, scalars and vectors alike, as terms.</summary>
internal abstract class CategoryReader(DataViewSchema.Column column)
{
    internal const string Role = "category";

    private const string Readable = "Text, Boolean, a number type or a key of such, or a vector";

    private protected DataViewSchema.Column Column { get; } = column;

    /// <param name="column">The column.</param>
    /// <param name="rules">By which <see cref="TextRules"/> texts are terms.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is of a type whose values are no categories.</exception>
    internal static CategoryReader Of(DataViewSchema.Column column, int rules)
    {
        Require(column.Name, InputType.Of(column), KeyValuesType(column));
        return OfReadable(column, rules);
    }

    /// <summary>The same for a column that a fitted step reads.</summary>
    /// <inheritdoc cref="Of"/>
    internal static CategoryReader OfFitted(DataViewSchema.Column column, int rules)
    {
        var type = InputType.Of(column);
        return CanRead(type, KeyValuesType(column)) ? OfReadable(column, rules) : throw SchemaErrors.Unlike(Role, column.Name, Readable, type.Description);
    }

    /// <summary>The terms that the keys of a column stand for, from key 1; null where they stand for themselves.</summary>
    internal static IReadOnlyList<string>? TermsOfKeys(DataViewSchema.Column column, int rules) =>
        KeyValuesType(column) is { } values && column.HasKeyValues(values) ? OfValues(column, values.RawType, rules).ReadKeyValues() : null;

    private static CategoryReader OfReadable(DataViewSchema.Column column, int rules)
    {
        var item = column.Type.ItemType();
        return item is KeyDataViewType ? OfKeys(column, item.RawType, rules) : OfValues(column, item.RawType, rules);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type whose values are no categories.</exception>
    internal static void Require(SchemaShape.Column column)
    {
        var keyValues = column.Annotations.Where(annotation => annotation.Name == KeyTerms.KeyValues).Select(annotation => annotation.ItemType);
        Require(column.Name, InputType.Of(column), keyValues.FirstOrDefault());
    }

    /// <summary>
    /// Makes, for a row or cursor, the getter of the keys: a scalar for a scalar when a value has one key, else a vector with those of each value in turn.
    /// </summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="keys">What gives a value its keys, one each.</param>
    internal abstract Delegate CreateGetter(DataViewRow row, IReadOnlyList<TermKeys> keys);

    /// <summary>Makes what counts the terms of a cursor's current row.</summary>
    internal abstract Action CreateCounter(DataViewRow row, VocabularyBuilder terms);

    /// <summary>The terms behind the keys of the column, whose key values are of this reader's type.</summary>
    private protected abstract string[] ReadKeyValues();

    /// <param name="name">Name of the column.</param>
    /// <param name="type">Its type.</param>
    /// <param name="keyValues">Type of the values of its keys; null where it has none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is of a type whose values are no categories.</exception>
    internal static void Require(string name, InputType type, DataViewType? keyValues = null)
    {
        if (CanRead(type, keyValues)) return;
        string got = type.IsKey ? $"{type.Description} with key values of {keyValues}" : type.Description;
        string convert = type.IsKey
            ? $"Make values of its keys with mlContext.Transforms.Conversion.MapKeyToValue(\"{name}\"), and convert these"
            : "Convert it";
        throw SchemaErrors.Mismatch(Role, name, Readable, got,
            $"{convert} with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.String) before this step.");
    }

    private static bool CanRead(InputType type, DataViewType? keyValues) =>
        (type.IsKey ? keyValues ?? type.Item : type.Item) is TextDataViewType or BooleanDataViewType or NumberDataViewType or KeyDataViewType;

    private static PrimitiveDataViewType? KeyValuesType(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type.ItemType() as PrimitiveDataViewType;

    private static CategoryReader OfKeys(DataViewSchema.Column column, Type rawType, int rules)
    {
        // Read with the first key: there may be millions of values, and much is bound to a schema that never reads a row.
        Lazy<string[]>? terms = KeyValuesType(column) is { } values && column.HasKeyValues(values)
            ? new(OfValues(column, values.RawType, rules).ReadKeyValues)
            : null;
        return Type.GetTypeCode(rawType) switch
        {
            TypeCode.Byte => OfKeys<byte>(column, terms),
            TypeCode.UInt16 => OfKeys<ushort>(column, terms),
            TypeCode.UInt32 => OfKeys<uint>(column, terms),
            _ => OfKeys<ulong>(column, terms),
        };
    }

    private static TypedCategoryReader<T> OfKeys<T>(DataViewSchema.Column column, Lazy<string[]>? terms) where T : IBinaryInteger<T> =>
        new(column, (key, memory) =>
        {
            if (T.IsZero(key)) return default;
            if (terms is null) return ValueTerms.OfInteger(key, memory);
            int index = int.CreateSaturating(key) - 1;
            return index < terms.Value.Length ? terms.Value[index] : throw new InvalidOperationException(
                $"Column '{column.Name}' holds key {key}, but its type has {terms.Value.Length} values. Correct the step that makes the column.");
        });

    private static CategoryReader OfValues(DataViewSchema.Column column, Type rawType, int rules) => Type.GetTypeCode(rawType) switch
    {
        TypeCode.Boolean => new TypedCategoryReader<bool>(column, (value, _) => ValueTerms.OfBoolean(value)),
        TypeCode.SByte => new TypedCategoryReader<sbyte>(column, ValueTerms.OfInteger),
        TypeCode.Byte => new TypedCategoryReader<byte>(column, ValueTerms.OfInteger),
        TypeCode.Int16 => new TypedCategoryReader<short>(column, ValueTerms.OfInteger),
        TypeCode.UInt16 => new TypedCategoryReader<ushort>(column, ValueTerms.OfInteger),
        TypeCode.Int32 => new TypedCategoryReader<int>(column, ValueTerms.OfInteger),
        TypeCode.UInt32 => new TypedCategoryReader<uint>(column, ValueTerms.OfInteger),
        TypeCode.Int64 => new TypedCategoryReader<long>(column, ValueTerms.OfInteger),
        TypeCode.UInt64 => new TypedCategoryReader<ulong>(column, ValueTerms.OfInteger),
        TypeCode.Single => new TypedCategoryReader<float>(column, ValueTerms.OfFloat),
        TypeCode.Double => new TypedCategoryReader<double>(column, ValueTerms.OfFloat),
        _ => new TypedCategoryReader<ReadOnlyMemory<char>>(column, ValueTerms.OfTexts(rules)),
    };
}

/// <summary>Reads the values of a column of one type as terms.</summary>
/// <param name="column">The column.</param>
/// <param name="termOf">Gives the term of a value.</param>
internal sealed class TypedCategoryReader<T>(DataViewSchema.Column column, ValueTerm<T> termOf) : CategoryReader(column)
{
    internal override Delegate CreateGetter(DataViewRow row, IReadOnlyList<TermKeys> keys)
    {
        char[] memory = new char[ValueTerms.Longest];
        if (Column.Type is VectorDataViewType) return MapVector(row.GetGetter<VBuffer<T>>(Column), keys.Count, WriteKeys);
        var first = keys[0];
        return keys.Count == 1
            ? MapScalar(row.GetGetter<T>(Column), value => first.KeyOf(termOf(value, memory)))
            : MapToSeveral(row.GetGetter<T>(Column), keys.Count, WriteKeys);

        void WriteKeys(T value, Span<uint> written)
        {
            var term = termOf(value, memory);
            for (int i = 0; i < written.Length; i++) written[i] = keys[i].KeyOf(term);
        }
    }

    internal override Action CreateCounter(DataViewRow row, VocabularyBuilder terms)
    {
        char[] memory = new char[ValueTerms.Longest];
        void Add(T value, int times) => terms.Add(termOf(value, memory), times);
        return Column.Type is VectorDataViewType
            ? CountVector(row.GetGetter<VBuffer<T>>(Column), Add)
            : CountScalar(row.GetGetter<T>(Column), Add);
    }

    private protected override string[] ReadKeyValues()
    {
        var values = default(VBuffer<T>);
        Column.GetKeyValues(ref values);
        char[] memory = new char[ValueTerms.Longest];
        return [.. values.DenseValues().Select(value => termOf(value, memory).ToString())];
    }

    private static ValueGetter<uint> MapScalar(ValueGetter<T> getValue, Func<T, uint> keyOf)
    {
        T value = default!;
        return (ref uint key) =>
        {
            getValue(ref value);
            key = keyOf(value);
        };
    }

    private static ValueGetter<VBuffer<uint>> MapToSeveral(ValueGetter<T> getValue, int keysOfValue, Action<T, Span<uint>> writeKeys)
    {
        T value = default!;
        return (ref VBuffer<uint> keys) =>
        {
            getValue(ref value);
            var editor = VBufferEditor.Create(ref keys, keysOfValue);
            writeKeys(value, editor.Values);
            keys = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<uint>> MapVector(ValueGetter<VBuffer<T>> getValues, int keysOfValue, Action<T, Span<uint>> writeKeys)
    {
        uint[] keysOfDefault = new uint[keysOfValue];
        writeKeys(default!, keysOfDefault);
        var values = default(VBuffer<T>);
        return (ref VBuffer<uint> keys) =>
        {
            getValues(ref values);
            var editor = VBufferEditor.Create(ref keys, values.Length * keysOfValue);
            // What a sparse vector leaves out are values as well: zeros, false, empty texts or missing keys.
            if (!values.IsDense)
            {
                for (int i = 0; i < values.Length; i++) keysOfDefault.CopyTo(editor.Values[(i * keysOfValue)..]);
            }
            var given = values.GetValues();
            var indices = values.GetIndices();
            for (int i = 0; i < given.Length; i++)
                writeKeys(given[i], editor.Values.Slice((values.IsDense ? i : indices[i]) * keysOfValue, keysOfValue));
            keys = editor.Commit();
        };
    }

    private static Action CountScalar(ValueGetter<T> getValue, Action<T, int> add)
    {
        T value = default!;
        return () =>
        {
            getValue(ref value);
            add(value, 1);
        };
    }

    private static Action CountVector(ValueGetter<VBuffer<T>> getValues, Action<T, int> add)
    {
        var values = default(VBuffer<T>);
        return () =>
        {
            getValues(ref values);
            var given = values.GetValues();
            foreach (T value in given) add(value, 1);
            add(default!, values.Length - given.Length);
        };
    }
}

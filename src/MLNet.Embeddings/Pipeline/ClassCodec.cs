using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Takes the values of a label's classes from annotations and puts them back there, in the type that they had in training.</summary>
internal abstract class ClassCodec
{
    private static readonly Dictionary<ClassKind, ClassCodec> Codecs = new()
    {
        [ClassKind.String] = new TypedClassCodec<ReadOnlyMemory<char>>(TextDataViewType.Instance, value => value.ToString(), text => text.AsMemory()),
        [ClassKind.Boolean] = Parsable<bool>(BooleanDataViewType.Instance),
        [ClassKind.SByte] = Parsable<sbyte>(NumberDataViewType.SByte),
        [ClassKind.Byte] = Parsable<byte>(NumberDataViewType.Byte),
        [ClassKind.Int16] = Parsable<short>(NumberDataViewType.Int16),
        [ClassKind.UInt16] = Parsable<ushort>(NumberDataViewType.UInt16),
        [ClassKind.Int32] = Parsable<int>(NumberDataViewType.Int32),
        [ClassKind.UInt32] = Parsable<uint>(NumberDataViewType.UInt32),
        [ClassKind.Int64] = Parsable<long>(NumberDataViewType.Int64),
        [ClassKind.UInt64] = Parsable<ulong>(NumberDataViewType.UInt64),
        [ClassKind.Single] = Parsable<float>(NumberDataViewType.Single),
        [ClassKind.Double] = Parsable<double>(NumberDataViewType.Double),
        [ClassKind.TimeSpan] = Parsable<TimeSpan>(TimeSpanDataViewType.Instance),
        [ClassKind.DateTime] = new TypedClassCodec<DateTime>(DateTimeDataViewType.Instance,
            value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        [ClassKind.DateTimeOffset] = new TypedClassCodec<DateTimeOffset>(DateTimeOffsetDataViewType.Instance,
            value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
    };

    /// <summary>The codec of values of a kind, which is a defined one.</summary>
    internal static ClassCodec Of(ClassKind kind) => Codecs[kind];

    /// <summary>The kind of values of a type; null if no label has such.</summary>
    internal static ClassKind? KindOf(DataViewType type) =>
        Codecs.Where(codec => codec.Value.Type.Equals(type)).Select(codec => (ClassKind?)codec.Key).FirstOrDefault();

    /// <summary>One value of a kind, to stand in a promise for those that are not known yet.</summary>
    internal ClassValues Any(ClassKind kind) => new(kind, [Default]);

    /// <summary>Some value as text.</summary>
    private protected abstract string Default { get; }

    /// <summary>Type of the values.</summary>
    internal abstract DataViewType Type { get; }

    /// <summary>The values of a vector annotation as texts.</summary>
    internal abstract string[] Read(DataViewSchema.Annotations annotations, string name);

    /// <summary>Adds a vector annotation of the values.</summary>
    internal abstract void Add(DataViewSchema.Annotations.Builder annotations, string name, IReadOnlyList<string> texts);

    private static TypedClassCodec<T> Parsable<T>(DataViewType type) where T : IParsable<T> =>
        new(type, value => Convert.ToString(value, CultureInfo.InvariantCulture)!, text => T.Parse(text, CultureInfo.InvariantCulture));
}

/// <summary>A codec of values of one type.</summary>
/// <param name="type">The type in ML.NET's words.</param>
/// <param name="format">A value as text.</param>
/// <param name="parse">The value of such a text; throws <see cref="FormatException"/> or <see cref="OverflowException"/> for others.</param>
internal sealed class TypedClassCodec<T>(DataViewType type, Func<T, string> format, Func<string, T> parse) : ClassCodec
{
    internal override DataViewType Type => type;

    private protected override string Default => format(default!);

    internal override string[] Read(DataViewSchema.Annotations annotations, string name)
    {
        var values = default(VBuffer<T>);
        annotations.GetValue(name, ref values);
        return [.. values.DenseValues().Select(format)];
    }

    internal override void Add(DataViewSchema.Annotations.Builder annotations, string name, IReadOnlyList<string> texts)
    {
        // Parsed when asked for: many bind to the schema of a network with many classes, few read their values.
        annotations.Add(name, new VectorDataViewType((PrimitiveDataViewType)type, texts.Count), (ref VBuffer<T> values) =>
        {
            var editor = VBufferEditor.Create(ref values, texts.Count);
            for (int i = 0; i < texts.Count; i++) editor.Values[i] = parse(texts[i]);
            values = editor.Commit();
        });
    }
}

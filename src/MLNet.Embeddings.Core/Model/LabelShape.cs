using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>One label of a fitted network, with what the training data decided: what some of its outputs mean.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BinaryLabelShape), "binary")]
[JsonDerivedType(typeof(MulticlassLabelShape), "multiclass")]
[JsonDerivedType(typeof(RegressionLabelShape), "regression")]
[JsonDerivedType(typeof(SetLabelShape), "set")]
internal abstract record LabelShape(string Name)
{
    /// <summary>Number of the network's outputs that belong to the label.</summary>
    [JsonIgnore]
    internal abstract int Outputs { get; }

    /// <summary>What cannot be in a network's form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "A label has no name.";
    }
}

/// <summary>One of two classes; the single output is the logit of the positive one.</summary>
/// <param name="Name">Name of the label column.</param>
/// <param name="Classes">The values of the negative and of the positive class; null for false and true.</param>
internal sealed record BinaryLabelShape(string Name, ClassValues? Classes = null) : LabelShape(Name)
{
    internal override int Outputs => 1;

    /// <summary>The probability above which the positive class is predicted; null for one half, as in files without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }

    /// <summary>The threshold as a logit.</summary>
    [JsonIgnore]
    internal double Cut => Threshold is { } threshold ? CutOf(threshold) : 0;

    /// <summary>The logit of a probability; for 0 and 1, in place of infinity, a number that no network reaches.</summary>
    internal static double CutOf(double threshold) => Math.Clamp(Math.Log(threshold) - Math.Log(1 - threshold), -1000, 1000);

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        foreach (string fault in NumberRange.ZeroToOne.Faults($"The threshold of label '{Name}'", Threshold, "the file says")) yield return fault;
        if (Classes is null) yield break;
        if (Classes.Texts.Count != 2) yield return $"Label '{Name}' has two classes and {Classes.Texts.Count} values for them.";
        foreach (string fault in Classes.Faults()) yield return $"{fault} It is for label '{Name}'.";
    }
}

/// <summary>Classes with an output each.</summary>
/// <param name="Name">Name of the label column.</param>
/// <param name="ClassCount">Number of classes; class i has key i + 1.</param>
/// <param name="Classes">The values of the classes' keys; null if the label's keys have none.</param>
internal abstract record ClassesLabelShape(string Name, int ClassCount, ClassValues? Classes) : LabelShape(Name)
{
    /// <summary>More classes than this are a damaged file, or a label that is no class.</summary>
    internal const int MostClasses = 1 << 20;

    internal override int Outputs => ClassCount;

    /// <summary>What a class is called: its value, or its key where keys have no values.</summary>
    internal string NameOf(int index) => Classes?.Texts[index] ?? (index + 1).ToString(CultureInfo.InvariantCulture);

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        if (ClassCount is < 1 or > MostClasses)
            yield return $"The number of classes of label '{Name}' must be from 1 to {MostClasses}; the file says {ClassCount}.";
        if (Classes is null) yield break;
        if (Classes.Texts.Count != ClassCount) yield return $"Label '{Name}' has {ClassCount} classes and {Classes.Texts.Count} values for them.";
        foreach (string fault in Classes.Faults()) yield return $"{fault} It is for label '{Name}'.";
    }
}

/// <summary>One of many classes; the softmax of the outputs are the probabilities.</summary>
/// <inheritdoc cref="ClassesLabelShape" path="/param"/>
internal sealed record MulticlassLabelShape(string Name, int ClassCount, ClassValues? Classes) : ClassesLabelShape(Name, ClassCount, Classes);

/// <summary>A set of classes; each output is the logit of its class being in the set.</summary>
/// <inheritdoc cref="ClassesLabelShape" path="/param"/>
internal sealed record SetLabelShape(string Name, int ClassCount, ClassValues? Classes) : ClassesLabelShape(Name, ClassCount, Classes);

/// <summary>A number; the single output is in deviations from the mean of the training rows' labels.</summary>
internal sealed record RegressionLabelShape(string Name, double Mean, float Deviation) : LabelShape(Name)
{
    internal override int Outputs => 1;

    /// <summary>An output in the label's unit.</summary>
    internal float InUnit(float output) => (float)(output * Deviation + Mean);

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        if (!float.IsFinite((float)Mean))
            yield return string.Create(CultureInfo.InvariantCulture, $"The mean of label '{Name}' must be within the range of Single; the file says {Mean}.");
        foreach (string fault in NumberRange.AboveZero.Faults($"The deviation of label '{Name}'", Deviation, "the file says")) yield return fault;
    }
}

/// <summary>The values behind the keys of a multiclass label, in the keys' order, as texts that can be read back.</summary>
/// <param name="Kind">Type of the values; <see cref="ClassKind.String"/> for text.</param>
/// <param name="Texts">The values, independent of culture.</param>
internal sealed record ClassValues([property: JsonConverter(typeof(JsonStringEnumConverter<ClassKind>))] ClassKind Kind, IReadOnlyList<string> Texts)
{
    private static readonly Dictionary<ClassKind, Func<string, bool>> Parsers = new()
    {
        [ClassKind.String] = _ => true,
        [ClassKind.Boolean] = Parses<bool>,
        [ClassKind.SByte] = Parses<sbyte>,
        [ClassKind.Byte] = Parses<byte>,
        [ClassKind.Int16] = Parses<short>,
        [ClassKind.UInt16] = Parses<ushort>,
        [ClassKind.Int32] = Parses<int>,
        [ClassKind.UInt32] = Parses<uint>,
        [ClassKind.Int64] = Parses<long>,
        [ClassKind.UInt64] = Parses<ulong>,
        [ClassKind.Single] = Parses<float>,
        [ClassKind.Double] = Parses<double>,
        [ClassKind.TimeSpan] = Parses<TimeSpan>,
        [ClassKind.DateTime] = text => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
        [ClassKind.DateTimeOffset] = Parses<DateTimeOffset>,
    };

    /// <summary>The values in their own type: an array of texts, Booleans, numbers or dates.</summary>
    internal Array ToArray() => Kind switch
    {
        ClassKind.String => Texts.ToArray(),
        ClassKind.Boolean => Parse<bool>(),
        ClassKind.SByte => Parse<sbyte>(),
        ClassKind.Byte => Parse<byte>(),
        ClassKind.Int16 => Parse<short>(),
        ClassKind.UInt16 => Parse<ushort>(),
        ClassKind.Int32 => Parse<int>(),
        ClassKind.UInt32 => Parse<uint>(),
        ClassKind.Int64 => Parse<long>(),
        ClassKind.UInt64 => Parse<ulong>(),
        ClassKind.Single => Parse<float>(),
        ClassKind.Double => Parse<double>(),
        ClassKind.TimeSpan => Parse<TimeSpan>(),
        ClassKind.DateTime => Parse(text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        _ => Parse<DateTimeOffset>(),
    };

    /// <summary>What cannot be read back, a sentence; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Parsers.TryGetValue(Kind, out var parses)) return [$"The type {Kind} of the classes' values is not known."];
        return Texts.Where(text => text is null || !parses(text)).Take(1).Select(text => $"The text '{text}' is no class of type {Kind}.");
    }

    private T[] Parse<T>() where T : IParsable<T> => Parse(text => T.Parse(text, CultureInfo.InvariantCulture));

    private T[] Parse<T>(Func<string, T> parse) => [.. Texts.Select(parse)];

    private static bool Parses<T>(string text) where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}

/// <summary>Types of the values of classes, named and numbered as ML.NET's kinds of data, for model files hold these names.</summary>
internal enum ClassKind
{
    SByte = 1,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    String,
    Boolean,
    TimeSpan,
    DateTime,
    DateTimeOffset,
}

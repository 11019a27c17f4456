using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Turns dates into their time, as a number, and into keys of their parts.</summary>
/// <param name="shape">What it holds.</param>
/// <param name="warn">Told by each cursor or row of the first text that is of another format; null where nobody asks.</param>
internal sealed class DatePartsTransformer(DatePartsShape shape, Action<string>? warn = null) : RowMappingTransformer
{
    internal DatePartsShape Shape => shape;

    /// <summary>The same step, which tells the log of a fit, and so its history, what it cannot read; once in all passes.</summary>
    internal DatePartsTransformer With(FitLog log)
    {
        int told = 0;
        return new(shape, message =>
        {
            if (Interlocked.Exchange(ref told, 1) == 0) log.Warn(message, MessageSensitivity.UserData);
        });
    }

    /// <summary>Learns the format of a column's dates, and which of their parts vary.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="pass">The pass over the rows; null where nobody asks.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of a type that holds no dates.</exception>
    /// <exception cref="InvalidOperationException">Its texts are no dates of one format.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static DatePartsTransformer Fit(IDataView data, string name, RowPass? pass = null) =>
        new(DateStatistics.Of(data, name, pass ?? CancellationToken.None).Learn());

    internal override void Write(EntryWriter entries) => new DateStep(shape).Write(entries);

    private protected override RowBinding Bind(DataViewSchema input)
    {
        var source = input.FindFitted(DateReading.Role, shape.InputColumnName);
        RequireAsFitted(source);
        return new DatePartsBinding(input, source, shape, warn);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is of another type than the dates that the step was fitted to.</exception>
    private void RequireAsFitted(DataViewSchema.Column source)
    {
        bool fits = shape.Format is null ? DateReading.IsDate(source.Type) && DateReading.IsSpan(source) == shape.IsSpan : DateReading.IsText(source);
        if (fits) return;
        string expected = shape.Format is not null ? "Text" : shape.IsSpan ? "TimeSpan" : "DateTime or DateTimeOffset";
        throw SchemaErrors.Unlike(DateReading.Role, source.Name, expected, InputType.Of(source).Description);
    }
}

/// <summary>A step of dates bound to a schema.</summary>
/// <param name="input">The schema.</param>
/// <param name="source">The column of dates.</param>
/// <param name="shape">What the step holds.</param>
/// <param name="warn">Told by each cursor or row of the first text that is of another format; null where nobody asks.</param>
internal sealed class DatePartsBinding(DataViewSchema input, DataViewSchema.Column source, DatePartsShape shape, Action<string>? warn) : RowBinding(input)
{
    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
    [
        new(shape.TimeColumn, NumberDataViewType.Double),
        .. shape.Parts.Select(part => new DataViewSchema.DetachedColumn(shape.PartColumn(part), new KeyDataViewType(typeof(uint), part.KeyCount()))),
    ];

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => [source];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        var getters = new Delegate?[Outputs.Count];
        int[] active = [.. Enumerable.Range(0, getters.Length).Where(isActive)];
        if (active.Length == 0) return getters;
        var date = DateReading.Of(input, source, shape.Format, warn);
        foreach (int output in active) getters[output] = output == 0 ? Time(date) : Part(date, shape.Parts[output - 1]);
        return getters;
    }

    private ValueGetter<double> Time(Func<long?> date) => (ref double value) => value = date() is { } ticks ? shape.Time(ticks) : double.NaN;

    private static ValueGetter<uint> Part(Func<long?> date, DatePart part) => (ref uint value) => value = date() is { } ticks ? part.KeyOf(ticks) : 0;
}

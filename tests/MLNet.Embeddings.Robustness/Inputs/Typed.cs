using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Values of the types that columns may have.</summary>
internal static class Typed
{
    private static readonly string[] Words = ["a red coat", "the blue dress fits", "green", "Berlin", "New York 12", "it's too small, C++"];

    internal static ValueKind<uint> Keys { get; } = new(new KeyDataViewType(typeof(uint), 4), row => (uint)(row % 4 + 1))
    {
        Bad = new()
        {
            [Fault.OneMissing] = (new KeyDataViewType(typeof(uint), 4), 0),
            [Fault.BeyondKeys] = (new KeyDataViewType(typeof(uint), 4), 9),
            [Fault.Huge] = (new KeyDataViewType(typeof(uint), int.MaxValue), int.MaxValue),
        },
    };

    internal static ValueKind<ReadOnlyMemory<char>> Texts { get; } = new(TextDataViewType.Instance, row => Words[row % 4].AsMemory())
    {
        Bad = new()
        {
            [Fault.OneMissing] = (TextDataViewType.Instance, default),
            [Fault.UnknownValue] = (TextDataViewType.Instance, "\u200B\uFEFF never seen \uD83D".AsMemory()),
            [Fault.Huge] = (TextDataViewType.Instance, string.Concat(Enumerable.Repeat("a long text 日本語 ", 2_000)).AsMemory()),
        },
    };

    internal static ValueKind<ReadOnlyMemory<char>> Answers { get; } = Texts with { Sound = row => (row % 2 == 0 ? "yes" : "no").AsMemory() };

    internal static ValueKind<float> Singles { get; } = new(NumberDataViewType.Single, row => row * 7 % 11 - 3.5f)
    {
        Bad = new()
        {
            [Fault.OneMissing] = (NumberDataViewType.Single, float.NaN),
            [Fault.Infinite] = (NumberDataViewType.Single, float.NegativeInfinity),
            [Fault.Huge] = (NumberDataViewType.Single, float.MaxValue),
            [Fault.Tiny] = (NumberDataViewType.Single, float.Epsilon),
        },
    };

    internal static ValueKind<double> Doubles { get; } = new(NumberDataViewType.Double, row => 1e9 + row * 7 % 11)
    {
        Bad = new()
        {
            [Fault.OneMissing] = (NumberDataViewType.Double, double.NaN),
            [Fault.Infinite] = (NumberDataViewType.Double, double.PositiveInfinity),
            [Fault.Huge] = (NumberDataViewType.Double, double.MaxValue),
            [Fault.Tiny] = (NumberDataViewType.Double, double.Epsilon),
        },
    };

    internal static ValueKind<long> Longs { get; } = new(NumberDataViewType.Int64, row => row % 5)
    {
        Bad = new() { [Fault.Huge] = (NumberDataViewType.Int64, long.MinValue) },
    };

    internal static ValueKind<int> Integers { get; } = new(NumberDataViewType.Int32, row => row % 2)
    {
        Bad = new() { [Fault.Huge] = (NumberDataViewType.Int32, int.MinValue) },
    };

    internal static ValueKind<byte> Bytes { get; } = new(NumberDataViewType.Byte, row => (byte)(row % 3))
    {
        Bad = new() { [Fault.Huge] = (NumberDataViewType.Byte, byte.MaxValue) },
    };

    internal static ValueKind<bool> Booleans { get; } = new(BooleanDataViewType.Instance, row => row % 3 == 0);

    internal static ValueKind<DateTime> Dates { get; } = new(DateTimeDataViewType.Instance, row => new DateTime(2024, row % 12 + 1, 28, row % 24, 0, 0))
    {
        Bad = new()
        {
            [Fault.OneMissing] = (DateTimeDataViewType.Instance, default),
            [Fault.Huge] = (DateTimeDataViewType.Instance, DateTime.MaxValue),
        },
    };

    internal static ValueKind<DateTimeOffset> Moments { get; } =
        new(DateTimeOffsetDataViewType.Instance, row => new(2024, row % 12 + 1, 28, row % 24, 0, 0, TimeSpan.FromHours(2)))
        {
            Bad = new()
            {
                [Fault.OneMissing] = (DateTimeOffsetDataViewType.Instance, default),
                [Fault.Huge] = (DateTimeOffsetDataViewType.Instance, DateTimeOffset.MaxValue),
            },
        };

    internal static ValueKind<TimeSpan> Spans { get; } = new(TimeSpanDataViewType.Instance, row => TimeSpan.FromHours(row))
    {
        Bad = new() { [Fault.Huge] = (TimeSpanDataViewType.Instance, TimeSpan.MinValue) },
    };

    internal static ValueKind<ReadOnlyMemory<char>> DateTexts { get; } = Texts with { Sound = row => $"2024-{row % 12 + 1:00}-28".AsMemory() };

    internal static ValueKind<float> Weights { get; } = Singles with
    {
        Sound = row => row % 3 + 0.5f,
        Bad = new(Singles.Bad) { [Fault.UnknownValue] = (NumberDataViewType.Single, -1) },
    };
}

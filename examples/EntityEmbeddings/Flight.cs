using Microsoft.ML.Data;

namespace EntityEmbeddings;

/// <summary>A flight of a timetable.</summary>
/// <remarks>The numbers are the columns of the files of flight-delays. Not read: the states of the airports, which follow from these.</remarks>
public sealed class Flight
{
    [LoadColumn(0)]
    public string? Month { get; set; }

    [LoadColumn(2)]
    public string? Weekday { get; set; }

    [LoadColumn(3)]
    public string? Carrier { get; set; }

    [LoadColumn(4)]
    public string? Origin { get; set; }

    [LoadColumn(6)]
    public string? Destination { get; set; }

    /// <summary>When it is to leave, as 1745.</summary>
    [LoadColumn(8)]
    public float Departure { get; set; }

    /// <summary>What is to be predicted: whether it comes in more than 15 minutes late.</summary>
    [LoadColumn(10)]
    public bool Late { get; set; }

    /// <summary>Names of the columns that hold one of a number of values.</summary>
    internal static string[] Categories { get; } = [nameof(Month), nameof(Weekday), nameof(Carrier), nameof(Origin), nameof(Destination)];
}

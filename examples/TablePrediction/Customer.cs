using Microsoft.ML.Data;

namespace TablePrediction;

/// <summary>A customer of a bank that does not know all incomes. Texts may be missing (null or empty; "?" in the files), and so may numbers (NaN).</summary>
/// <remarks>
/// The numbers are the columns of the files of Adult, a census of 1994. Not read: the sampling weight (2), which says nothing of a person, and the ethnicity
/// (8).
/// </remarks>
public sealed class Customer
{
    [LoadColumn(0)]
    public float Age { get; set; }

    [LoadColumn(1)]
    public string? Employer { get; set; }

    [LoadColumn(3)]
    public string? Degree { get; set; }

    [LoadColumn(4)]
    public float YearsOfEducation { get; set; }

    [LoadColumn(5)]
    public string? MaritalStatus { get; set; }

    [LoadColumn(6)]
    public string? Occupation { get; set; }

    [LoadColumn(7)]
    public string? Household { get; set; }

    [LoadColumn(9)]
    public string? Sex { get; set; }

    [LoadColumn(10)]
    public float CapitalGain { get; set; }

    [LoadColumn(11)]
    public float CapitalLoss { get; set; }

    [LoadColumn(12)]
    public float HoursPerWeek { get; set; }

    [LoadColumn(13)]
    public string? Country { get; set; }

    /// <summary>What is to be predicted: whether the income is above 50,000.</summary>
    [LoadColumn(14)]
    public bool HighIncome { get; set; }

    /// <summary>Names of the columns that hold one of a number of values.</summary>
    internal static string[] Categories { get; } =
        [nameof(Employer), nameof(Degree), nameof(MaritalStatus), nameof(Occupation), nameof(Household), nameof(Sex), nameof(Country)];

    internal static string[] Numbers { get; } = [nameof(Age), nameof(YearsOfEducation), nameof(CapitalGain), nameof(CapitalLoss), nameof(HoursPerWeek)];
}

using Microsoft.Data.Analysis;

namespace TablePrediction;

/// <summary>Customers that no data set has, to predict.</summary>
internal static class NewCustomers
{
    /// <summary>A data frame of them. It has no column for the income, which is not known.</summary>
    /// <remarks>No model has met an astronaut, and of one customer little is known.</remarks>
    internal static DataFrame Frame() => new(
        new SingleDataFrameColumn(nameof(Customer.Age), [52, 24, 38, 45, float.NaN]),
        new StringDataFrameColumn(nameof(Customer.Employer), ["Self-emp-inc", "Private", "Private", "Federal-gov", null!]),
        new StringDataFrameColumn(nameof(Customer.Degree), ["Masters", "HS-grad", "Some-college", "Doctorate", null!]),
        new SingleDataFrameColumn(nameof(Customer.YearsOfEducation), [14, 9, 10, 16, float.NaN]),
        new StringDataFrameColumn(nameof(Customer.MaritalStatus), ["Married-civ-spouse", "Never-married", "Divorced", "Married-civ-spouse", null!]),
        new StringDataFrameColumn(nameof(Customer.Occupation), ["Exec-managerial", "Other-service", "Sales", "Astronaut", null!]),
        new StringDataFrameColumn(nameof(Customer.Household), ["Wife", "Own-child", "Not-in-family", "Husband", null!]),
        new StringDataFrameColumn(nameof(Customer.Sex), ["Female", "Male", "Female", "Male", null!]),
        new SingleDataFrameColumn(nameof(Customer.CapitalGain), [0, 0, 9_500, 0, 0]),
        new SingleDataFrameColumn(nameof(Customer.CapitalLoss), [0, 0, 0, 0, 0]),
        new SingleDataFrameColumn(nameof(Customer.HoursPerWeek), [55, 25, 40, 60, float.NaN]),
        new StringDataFrameColumn(nameof(Customer.Country), ["United-States", "Mexico", "Canada", "United-States", null!]));

    /// <summary>The same person but for occupation and age.</summary>
    internal static Customer With(string? occupation, float age) => new()
    {
        Age = age,
        Employer = "Private",
        Degree = "Bachelors",
        YearsOfEducation = 13,
        MaritalStatus = "Married-civ-spouse",
        Occupation = occupation,
        Household = "Wife",
        Sex = "Female",
        HoursPerWeek = 45,
        Country = "United-States",
    };
}

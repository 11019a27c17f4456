using Examples;

namespace TablePrediction;

/// <summary>Makes customers up, the same ones each time: income bends with age, steps with capital gains, and depends on how columns meet.</summary>
internal static class GeneratedCustomers
{
    private static readonly string[] Employers = ["Private", "Private", "Private", "Local-gov", "State-gov"];
    private static readonly string[] Countries = ["United-States", "United-States", "United-States", "Mexico", "Germany", "Canada", "India"];

    /// <summary>Rows without an end.</summary>
    internal static IEnumerable<Customer> All()
    {
        var random = new Random(20_260);
        while (true) yield return Draw(random);
    }

    private static Customer Draw(Random random)
    {
        var degree = random.One(Degree.All);
        var occupation = random.One(Occupation.All);
        double age = Math.Clamp(random.Normal(41, 14), 17, 90);
        double hours = Math.Clamp(random.Normal(41, 11), 4, 90);
        double gain = random.Chance(0.08) ? Math.Exp(random.Normal(8.5, 1)) : 0;
        bool married = random.Chance(age < 25 ? 0.1 : 0.55);
        bool selfEmployed = random.Chance(0.15);
        bool female = random.Chance(0.5);

        // On the scale of a logit: careers rise to the fifties and fall, long hours pay by occupation, degrees pay with age.
        double income = -4.2
            + 2.2 * Math.Exp(-Math.Pow((age - 51) / 14, 2))
            + degree.Worth * Math.Min(1, (age - 17) / 20)
            + occupation.Worth + occupation.HoursWorth * (hours - 40) / 10
            + (married ? 1.4 : 0)
            + (gain > 7_000 ? 4 : gain > 0 ? -0.7 : 0)
            + (selfEmployed ? (hours > 50 ? 0.9 : -0.6) : 0);

        return new Customer
        {
            Age = random.Chance(0.01) ? float.NaN : (int)age,
            Employer = random.Chance(0.04) ? null : selfEmployed ? "Self-emp-inc" : random.One(Employers),
            Degree = degree.Name,
            YearsOfEducation = degree.Years,
            MaritalStatus = married ? "Married-civ-spouse" : age > 45 && random.Chance(0.4) ? "Divorced" : "Never-married",
            Occupation = random.Chance(0.04) ? null : occupation.Name,
            Household = married ? female ? "Wife" : "Husband" : random.Chance(0.6) ? "Not-in-family" : "Own-child",
            Sex = female ? "Female" : "Male",
            CapitalGain = (int)gain,
            CapitalLoss = random.Chance(0.04) ? (int)Math.Exp(random.Normal(7.5, 0.3)) : 0,
            HoursPerWeek = (int)hours,
            Country = random.One(Countries),
            HighIncome = random.Chance(1 / (1 + Math.Exp(-income))),
        };
    }
}

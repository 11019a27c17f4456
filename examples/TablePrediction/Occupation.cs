namespace TablePrediction;

/// <summary>An occupation of generated customers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Worth">What it adds to the logit of a high income.</param>
/// <param name="HoursWorth">What ten hours a week more than forty add.</param>
internal sealed record Occupation(string Name, double Worth, double HoursWorth)
{
    internal static Occupation[] All { get; } =
    [
        new("Exec-managerial", 1.2, 0.8), new("Prof-specialty", 0.9, 0.5), new("Sales", 0.3, 0.7), new("Tech-support", 0.6, 0.3),
        new("Craft-repair", 0.0, 0.4), new("Adm-clerical", -0.3, 0.1), new("Machine-op-inspct", -0.6, 0.3),
        new("Other-service", -1.4, 0.0), new("Farming-fishing", -1.2, 0.1), new("Protective-serv", 0.2, 0.2),
    ];
}

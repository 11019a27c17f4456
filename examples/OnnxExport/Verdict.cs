namespace OnnxExport;

/// <summary>What a model says of a review.</summary>
/// <param name="Recommended">The class: yes or no.</param>
/// <param name="Probability">The probability of yes.</param>
internal readonly record struct Verdict(string Recommended, float Probability);

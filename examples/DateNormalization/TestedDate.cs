namespace DateNormalization;

/// <summary>A test date with what the model made of it.</summary>
public sealed class TestedDate
{
    public string Date { get; set; } = "";

    public string Way { get; set; } = "";

    public string Normalized { get; set; } = "";
}

namespace DateNormalization;

/// <summary>A date as somebody wrote it, and as it should be written.</summary>
public sealed class WrittenDate
{
    /// <summary>As it was written.</summary>
    public string Written { get; set; } = "";

    /// <summary>Year, month and day: what is to be decoded.</summary>
    public string Date { get; set; } = "";

    /// <summary>In which way it was written.</summary>
    public string Way { get; set; } = "";
}

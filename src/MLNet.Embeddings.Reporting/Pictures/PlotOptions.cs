namespace MLNet.Embeddings;

/// <summary>How a picture is drawn.</summary>
/// <remarks>
/// Texts are in the fonts of the machine. A Linux container may have none, and would leave texts out: install some, as Debian's package fonts-dejavu-core, and
/// one of their script for terms of Chinese, Japanese or Korean.
/// </remarks>
public sealed record PlotOptions
{
    /// <summary>Width in pixels, from 200 to 10,000; 1,000 by default.</summary>
    public int Width { get; init; } = 1_000;

    /// <summary>Height in pixels, from 200 to 10,000; 600 by default.</summary>
    public int Height { get; init; } = 600;

    /// <summary>What stands above the picture: null, the default, for what is shown, in a few words; empty for nothing.</summary>
    public string? Title { get; init; }

    /// <summary>What cannot be used, a sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Width is < 200 or > 10_000) yield return $"Width must be from 200 to 10000 pixels; it was {Width}.";
        if (Height is < 200 or > 10_000) yield return $"Height must be from 200 to 10000 pixels; it was {Height}.";
    }
}

using System.Text;
using ScottPlot;
using SkiaSharp;

namespace MLNet.Embeddings;

/// <summary>What all pictures have in common: file, size, fonts and colours.</summary>
internal static class Picture
{
    internal const float TextSize = 14, TitleSize = 18;

    // Two colours that stay apart for the colour-blind (Okabe and Ito 2008).
    internal static readonly Color Blue = Color.FromHex("#0072B2"), Orange = Color.FromHex("#D55E00");

    // Legible ones of Windows, macOS and Linux.
    private static readonly string[] Faces = ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", "Liberation Sans"];
    private static readonly string Face = Faces.Intersect(SKFontManager.Default.FontFamilies).FirstOrDefault() ?? Fonts.Default;

    /// <summary>Draws a picture and writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="draw">Draws everything, a title of its own included.</param>
    /// <exception cref="ArgumentException">The file's extension is none of a picture, or the options are out of range.</exception>
    internal static void Save(string path, PlotOptions? options, Action<Plot, PlotOptions> draw)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0) throw new ArgumentException($"The settings of the picture cannot be used:\n{string.Join('\n', faults)}", nameof(options));
        Func<Plot, byte[]> encode = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => plot => plot.GetImageBytes(options.Width, options.Height, ImageFormat.Png),
            ".SVG" => plot => Encoding.UTF8.GetBytes(plot.GetSvgXml(options.Width, options.Height)),
            _ => throw new ArgumentException($"'{path}' does not say as what to write the picture; name a file that ends with .png or .svg.", nameof(path)),
        };

        using var plot = new Plot();
        plot.Font.Set(Face);
        foreach (var axis in plot.Axes.GetAxes()) (axis.TickLabelStyle.FontSize, axis.Label.FontSize, axis.Label.Bold) = (TextSize, TextSize, false);
        draw(plot, options);
        if (options.Title is { } title) plot.Axes.Title.Label.Text = OneLine(title);
        (plot.Axes.Title.Label.FontSize, plot.Axes.Title.Label.FontName) = (TitleSize, FontFor(plot.Axes.Title.Label.Text));
        File.WriteAllBytes(path, encode(plot));
    }

    /// <summary>A font that has the letters of a text: the one of all pictures, if it does.</summary>
    internal static string FontFor(string text) => Fonts.GetTypeface(Face, bold: false, italic: false).ContainsGlyphs(text) ? Face : Fonts.Detect(text);

    /// <summary>A name as it is drawn: on one line, cut off where it is long, without what XML cannot hold.</summary>
    internal static string OneLine(string name, int most = 80)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= most) return text.Append('…').ToString();
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) text.Append(' ');
            else text.Append(rune);
        }
        return text.ToString();
    }
}

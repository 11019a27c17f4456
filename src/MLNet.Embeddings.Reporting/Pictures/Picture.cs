using System.Text;
using System.Xml.Linq;
using ScottPlot;
using SkiaSharp;

namespace MLNet.Embeddings;

/// <summary>What all pictures have in common: file, style, fonts and colours.</summary>
internal static class Picture
{
    private const float SmallTextSize = 10, TextSize = 14, TitleSize = 18;
    private const int MostLargeNames = 24;

    // Two colours that stay apart for the colour-blind (Okabe and Ito 2008).
    internal static readonly Color Blue = Color.FromHex("#0072B2"), Orange = Color.FromHex("#D55E00");

    // Legible ones of Windows, macOS and Linux come first.
    private static readonly string[] Legible = ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", "Liberation Sans"];
    private static readonly string[] Faces =
        [.. Legible.Intersect(SKFontManager.Default.FontFamilies).Union([Fonts.Default, .. SKFontManager.Default.FontFamilies])];

    /// <summary>Draws a picture and writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="title">What is shown, where the options say nothing.</param>
    /// <param name="draw">Draws everything else.</param>
    /// <exception cref="ArgumentException">The file's extension is none of a picture, or the options are out of range.</exception>
    internal static void Save(string path, PlotOptions? options, string title, Action<Plot, PlotOptions> draw)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0) throw new ArgumentException($"The settings of the picture cannot be used:\n{string.Join('\n', faults)}", nameof(options));
        Func<Plot, byte[]> encode = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => plot => plot.GetImageBytes(options.Width, options.Height, ImageFormat.Png),
            ".SVG" => plot => Encoding.UTF8.GetBytes(Svg(plot, options)),
            _ => throw new ArgumentException($"'{path}' does not say as what to write the picture; name a file that ends with .png or .svg.", nameof(path)),
        };

        using var plot = Drawn(options, title, draw);
        File.WriteAllBytes(path, encode(plot));
    }

    /// <summary>A picture as SVG, to stand in a page.</summary>
    internal static string Svg(PlotOptions options, string title, Action<Plot, PlotOptions> draw)
    {
        using var plot = Drawn(options, title, draw);
        return Svg(plot, options);
    }

    private static Plot Drawn(PlotOptions options, string title, Action<Plot, PlotOptions> draw)
    {
        var plot = new Plot();
        SetStyle(plot);
        plot.Title(OneLine(options.Title ?? title), TitleSize);
        plot.Axes.Title.Label.FontName = FontFor(plot.Axes.Title.Label.Text);
        draw(plot, options);
        return plot;
    }

    private static void SetStyle(Plot plot)
    {
        // Plot.Font would take precedence over the fonts of single names.
        foreach (var axis in plot.Axes.GetAxes().OfType<ScottPlot.AxisPanels.AxisBase>())
        {
            axis.TickLabelStyle.FontName = axis.LabelFontName = Faces[0];
            (axis.TickLabelStyle.FontSize, axis.LabelFontSize, axis.LabelBold, axis.MinorTickStyle.Length) = (TextSize, TextSize, false, 0);
            axis.PaddingOutsideAxisLabels = new PixelPadding(8);
        }
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        (plot.Legend.FontName, plot.Legend.FontSize) = (Faces[0], TextSize);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }

    /// <summary>The picture as SVG that fits the width it is given in a page, and is legible where the font is missing.</summary>
    private static string Svg(Plot plot, PlotOptions size)
    {
        var document = XDocument.Parse(plot.GetSvgXml(size.Width, size.Height));
        document.Root!.SetAttributeValue("viewBox", $"0 0 {size.Width} {size.Height}");
        foreach (var font in document.Descendants().Attributes("font-family")) font.Value += ", sans-serif";
        return document.ToString();
    }

    /// <summary>Names the places 0, 1 and so on of an axis.</summary>
    internal static void NameTicks(IAxis axis, IReadOnlyList<string> names, int longest, bool isDownward = false)
    {
        string[] texts = [.. names.Select(name => OneLine(name, longest))];
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. texts.Select((_, i) => isDownward ? -(double)i : i)], texts);
        axis.TickLabelStyle.FontName = FontFor(string.Concat(texts));
        axis.TickLabelStyle.FontSize = texts.Length > MostLargeNames ? SmallTextSize : TextSize;
        axis.MajorTickStyle.Length = 0;
    }

    /// <summary>The first font that has the letters of a text; where none has, the first of all.</summary>
    internal static string FontFor(string text) =>
        Array.Find(Faces, face => Fonts.GetTypeface(face, bold: false, italic: false).ContainsGlyphs(text)) ?? Faces[0];

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

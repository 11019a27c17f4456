using ScottPlot;
using SkiaSharp;

namespace Examples;

/// <summary>The font of pictures.</summary>
internal static class PictureFont
{
    // Legible ones of Windows, macOS and Linux.
    private static readonly string[] Faces = ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", "Liberation Sans"];

    internal static string Name { get; } = Faces.Intersect(SKFontManager.Default.FontFamilies).FirstOrDefault() ?? Fonts.Default;
}

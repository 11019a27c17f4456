using System.Globalization;
using System.Xml.Linq;

namespace MLNet.Embeddings.Tests;

/// <summary>What an SVG file shows: its texts and shapes.</summary>
internal sealed class SvgPicture(string path)
{
    private readonly XElement _root = XDocument.Load(path).Root!;

    internal (string? Width, string? Height, string? ViewBox) Size => (Text(_root, "width"), Text(_root, "height"), Text(_root, "viewBox"));

    /// <summary>Each text with where its first and last letters begin, and its line.</summary>
    internal IReadOnlyList<(string Text, double Left, double Right, double Y)> Texts =>
    [
        .. from text in _root.Descendants().Where(element => element.Name.LocalName == "text")
           let origin = Numbers(Text(text, "transform")!.Split('(')[1]) // translate(x y), or a matrix that ends with them
           let letters = Numbers(Text(text, "x")!)
           select (text.Value.Trim(), origin[^2] + letters[0], origin[^2] + letters[^1], origin[^1]),
    ];

    /// <summary>The attributes of the shapes of a kind and colour.</summary>
    /// <param name="kind">Such as "rect".</param>
    /// <param name="colour">Of its line or its filling, such as "#0072B2".</param>
    /// <param name="attributes">Those with one number each.</param>
    internal double[][] Shapes(string kind, string colour, params string[] attributes) =>
    [
        .. _root.Descendants().Where(element => element.Name.LocalName == kind && (Text(element, "fill") == colour || Text(element, "stroke") == colour))
            .Select(element => Array.ConvertAll(attributes, name => Number(Text(element, name)!))),
    ];

    private static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static double[] Numbers(string list) =>
        [.. list.Split([')', ' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

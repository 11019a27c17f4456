using System.Globalization;
using System.Xml.Linq;
using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>A map of terms that can be searched, and the terms as a list.</summary>
internal static class TermMap
{
    private const int MostTerms = 1000, MostNames = 200, LongestName = 24, Neighbors = 5;
    private const float Width = 760, LeastHeight = 240, MostHeight = 520, Margin = 24, Gap = 6, LineHeight = 14, LetterWidth = 6.6f;

    /// <param name="column">What the vectors are of.</param>
    /// <param name="vectors">The vectors; the first terms are the most frequent.</param>
    /// <param name="number">Number of the map on the page.</param>
    internal static XElement Of(string column, EmbeddingVectors vectors, int number)
    {
        var points = vectors.Map().Take(MostTerms).ToArray();
        string some = vectors.Count > points.Length ? $"the {Show.Count(points.Length)} most frequent of " : "";
        string caption = $"{column}: {some}{Show.Count(vectors.Count, "term")}, {Show.Count(vectors.Dimensions, "number")} each";
        string input = $"find-{number}", told = $"told-{number}";
        return new XElement("div", Html.Class("map"),
            new XElement("h3", column),
            new XElement("div", Html.Class("find"),
                new XElement("label", new XAttribute("for", input), "Find a term"),
                new XElement("input", new XAttribute("type", "search"), new XAttribute("id", input), new XAttribute("autocomplete", "off"),
                    new XAttribute("spellcheck", "false"), new XAttribute("aria-describedby", $"how-{number}")),
                new XElement("span", Html.Class("how"), new XAttribute("id", $"how-{number}"), "Arrow keys go through what is found."),
                new XElement("output", new XAttribute("id", told), new XAttribute("for", input), new XAttribute("aria-live", "polite"))),
            Html.Figure($"Map of the terms of {column}", Picture(points), caption),
            Html.Details("The terms as a list", Html.Table($"Terms of {column}", ["Term", "Nearest terms"], points.Select(point => new object?[]
            {
                point.Term, string.Join(" · ", vectors.Nearest(point.Term, Neighbors).Select(near => Show.Short(near.Term, LongestName))),
            }))));
    }

    private static XElement Picture(MapPoint[] points)
    {
        var (places, height) = Places(points);
        XElement picture = new("svg", Html.Class("terms"), Attribute("width", Width),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {height:0}")));
        picture.Add(places.Zip(points, (place, point) => new XElement("circle",
            Attribute("cx", place.X), Attribute("cy", place.Y), Attribute("r", 4), new XElement("title", point.Term))));
        var room = new NameRoom(new PixelRect(0, Width, height, 0));
        foreach (var place in places.Take(MostNames)) room.Take(new PixelRect(place, 3));
        foreach (var (point, place) in points.Zip(places).Take(MostNames))
        {
            string name = Show.Short(point.Term, LongestName);
            if (room.Find(place, new PixelSize(LetterWidth * name.Length, LineHeight), Gap) is { } rect)
                picture.Add(new XElement("text", Attribute("x", rect.Left), Attribute("y", Math.Max(rect.Top, rect.Bottom) - 3), name));
        }
        return picture;
    }

    /// <summary>Where points lie in the picture, both directions to one scale, and its height.</summary>
    private static (Pixel[] Places, float Height) Places(MapPoint[] points)
    {
        double left = points.Min(point => point.X), right = points.Max(point => point.X);
        double low = points.Min(point => point.Y), high = points.Max(point => point.Y);
        double scale = Math.Min((Width - 6 * Margin) / Math.Max(right - left, 1e-9), (MostHeight - 2 * Margin) / Math.Max(high - low, 1e-9));
        float height = Math.Max(LeastHeight, (float)(scale * (high - low)) + 2 * Margin);
        return (Array.ConvertAll(points, point => new Pixel(
            (float)(Width / 2 + scale * (point.X - (left + right) / 2)), (float)(height / 2 - scale * (point.Y - (low + high) / 2)))), height);
    }

    private static XAttribute Attribute(string name, float value) => new(name, value.ToString("0.#", CultureInfo.InvariantCulture));
}

using System.Xml.Linq;
using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>The parts that sections are made of.</summary>
/// <remarks>Elements are trees, not texts, so that no name or value of the data can become markup: <see cref="HtmlText"/> escapes all of them.</remarks>
internal static class Html
{
    internal static XAttribute Class(string name) => new("class", name);

    internal static XElement Paragraph(params object?[] content) => new("p", content);

    /// <summary>A table whose first column names its rows; it scrolls in a box of its own where it is wider than the page.</summary>
    /// <param name="name">What it shows, for those who hear the page.</param>
    /// <param name="headings">One for each column.</param>
    /// <param name="rows">Rows of cells: texts, elements or <see cref="XAttribute"/>s.</param>
    internal static XElement Table(string name, IEnumerable<string> headings, IEnumerable<object?[]> rows) => Scroll(name,
        new XElement("table",
            new XElement("thead", new XElement("tr", headings.Select(heading => new XElement("th", new XAttribute("scope", "col"), heading)))),
            new XElement("tbody", rows.Select(row => new XElement("tr",
                new XElement("th", new XAttribute("scope", "row"), row[0]), row.Skip(1).Select(cell => new XElement("td", cell)))))));

    /// <summary>A box that scrolls by itself, with the keyboard as well.</summary>
    internal static XElement Scroll(string name, params object?[] content) => new("div",
        Class("scroll"), new XAttribute("tabindex", 0), new XAttribute("role", "region"), new XAttribute("aria-label", name), content);

    /// <summary>A picture with its caption.</summary>
    /// <param name="name">What it shows, for those who do not see it.</param>
    /// <param name="picture">The SVG.</param>
    /// <param name="caption">What to look at.</param>
    internal static XElement Figure(string name, XElement picture, params object?[] caption)
    {
        picture.SetAttributeValue("role", "img");
        picture.SetAttributeValue("aria-label", name);
        return new XElement("figure", Scroll(name, picture), new XElement("figcaption", caption));
    }

    /// <summary>A drawing without a title, which may stand in a figure.</summary>
    internal static XElement Picture(Action<Plot> draw, int width, int height) => XElement.Parse(
        MLNet.Embeddings.Picture.Svg(new PlotOptions { Width = width, Height = height }, "", (plot, _) => draw(plot)));

    /// <summary>What is shown when it is asked for.</summary>
    internal static XElement Details(string summary, params object?[] content) => new("details", new XElement("summary", summary), content);
}

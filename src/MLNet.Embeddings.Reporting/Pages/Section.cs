using System.Xml.Linq;

namespace MLNet.Embeddings;

/// <summary>A section of a report.</summary>
/// <param name="Id">What links name it by.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Content">What stands below it.</param>
internal sealed record Section(string Id, string Heading, IReadOnlyList<object?> Content)
{
    /// <summary>The section, or a sentence that says why it cannot be made.</summary>
    internal static Section Of(string id, string heading, Func<IReadOnlyList<object?>> make)
    {
        try
        {
            return new Section(id, heading, make());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return new Section(id, heading, [Html.Paragraph(Html.Class("none"), $"This could not be made: {e.Message}")]);
        }
    }

    internal XElement Element() => new("section",
        new XAttribute("aria-labelledby", Id), new XElement("h2", new XAttribute("id", Id), new XAttribute("tabindex", -1), Heading), Content);

    internal XElement Link() => new("li", new XElement("a", new XAttribute("href", $"#{Id}"), Heading));

    /// <summary>Content that only says why there is none.</summary>
    internal static IReadOnlyList<object?> None(string why) => [Html.Paragraph(Html.Class("none"), why)];
}

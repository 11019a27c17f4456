using System.Xml.Linq;

namespace MLNet.Embeddings.Tests;

/// <summary>What stands in a report, without a browser.</summary>
internal sealed class ReportPage
{
    private readonly XElement _main;

    internal ReportPage(string file)
    {
        Text = File.ReadAllText(file);
        int start = Text.IndexOf("<main", StringComparison.Ordinal), end = Text.IndexOf("</main>", StringComparison.Ordinal);
        _main = XElement.Parse(Text[start..(end + "</main>".Length)], LoadOptions.PreserveWhitespace);
    }

    internal string Text { get; }

    internal string[] Headings => [.. _main.Elements("section").Select(section => section.Element("h2")!.Value)];

    internal XElement Section(string id) => _main.Elements("section").Single(section => (string?)section.Element("h2")!.Attribute("id") == id);

    /// <summary>The names of the pictures of a section.</summary>
    internal string[] Pictures(string id) => [.. Section(id).Descendants("svg").Attributes("aria-label").Select(name => name.Value)];

    /// <summary>The cells of the row of a table by its first one.</summary>
    internal string[] Row(string id, string name) =>
        [.. Section(id).Descendants("tr").First(row => row.Elements().First().Value == name).Elements().Select(cell => cell.Value)];

    /// <summary>The sentence that says why a section is empty.</summary>
    internal string? WhyNone(string id) => Section(id).Elements("p").FirstOrDefault(text => (string?)text.Attribute("class") == "none")?.Value;
}

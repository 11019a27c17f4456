using System.Text;
using System.Xml.Linq;

namespace MLNet.Embeddings;

/// <summary>Writes elements as HTML, all texts and attributes escaped.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

    internal static string Of(params IEnumerable<XNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes) Append(text, node);
        return text.ToString();
    }

    /// <summary>A text as it stands in HTML, between tags and in attributes.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\t' or '\n': escaped.Append((char)rune.Value); break;
                default: escaped.Append(Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString()); break;
            }
        }
        return escaped.ToString();
    }

    private static void Append(StringBuilder text, XNode node)
    {
        if (node is XText words) text.Append(Escape(words.Value));
        if (node is not XElement element) return;
        string name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            text.Append(' ').Append(NameOf(attribute)).Append("=\"").Append(Escape(attribute.Value)).Append('"');
        // As XML too, so that what is written can be read by either.
        if (Void.Contains(name))
        {
            text.Append(" />");
            return;
        }
        text.Append('>');
        foreach (var child in element.Nodes()) Append(text, child);
        text.Append("</").Append(name).Append('>');
    }

    /// <summary>HTML knows the names of SVG's links by their prefix.</summary>
    private static string NameOf(XAttribute attribute) =>
        attribute.Name.NamespaceName == "http://www.w3.org/1999/xlink" ? $"xlink:{attribute.Name.LocalName}" : attribute.Name.LocalName;
}

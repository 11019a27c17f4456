using System.Xml.Linq;

namespace MLNet.Embeddings;

/// <summary>Keeps the names apart that pictures of one page give their parts.</summary>
internal static class SvgIds
{
    internal static void MakeUnique(IEnumerable<XElement> content)
    {
        foreach (var (i, picture) in content.Descendants().Where(element => element.Name.LocalName == "svg").Index())
        {
            foreach (var attribute in picture.DescendantsAndSelf().Attributes())
            {
                if (attribute.Name.LocalName == "id") attribute.Value = $"p{i}-{attribute.Value}";
                else if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#')) attribute.Value = $"#p{i}-{attribute.Value[1..]}";
                else attribute.Value = attribute.Value.Replace("url(#", $"url(#p{i}-", StringComparison.Ordinal);
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>
/// What has to be counted for a vocabulary: the terms of some columns, together. Whoever has the rows counts; whoever has the counts makes the vocabulary.
/// </summary>
/// <param name="Columns">Names of the columns, each once.</param>
/// <param name="Rules">By which <see cref="TextRules"/> texts are terms.</param>
/// <param name="Texts">How texts are cut; null where each value is a term, as those of categories.</param>
internal sealed record TermRequest(IReadOnlyList<string> Columns, int Rules, TextRequest? Texts = null)
{
    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; } = ValueList.Of(Columns);

    /// <summary>The request as text.</summary>
    internal string Write() => JsonSerializer.Serialize(this, TermRequestJson.Default.TermRequest);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text holds something else.</exception>
    internal static TermRequest Read(string text)
    {
        try
        {
            var request = JsonSerializer.Deserialize(text, TermRequestJson.Default.TermRequest);
            return request?.Columns.Contains(null) is false ? request : throw new JsonException("It, or a name of a column, is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no request to count terms, or that of another version of the library: {e.Message}", e);
        }
    }
}

/// <summary>How texts are cut into the terms that are counted.</summary>
/// <param name="Split">Where.</param>
/// <param name="Standardize">Whether they are standardized beforehand.</param>
/// <param name="KeepsSpacing">Whether tokens that are no words carry the white space beside them.</param>
/// <param name="NgramLength">The most tokens of a term.</param>
/// <param name="MaxTokens">Tokens of a text behind so many are cut off, and only their number counts.</param>
internal sealed record TextRequest(TokenSplit Split, bool Standardize, bool KeepsSpacing, int NgramLength, int MaxTokens)
{
    /// <summary>Makes what gives the terms of a text.</summary>
    /// <param name="rules">By which <see cref="TextRules"/>.</param>
    internal TextTerms CreateTerms(int rules) => TextTerms.Of(new TextCutting(Split, Standardize, KeepsSpacing, rules), NgramLength);
}

/// <summary>Serializer of requests, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TermRequest))]
internal sealed partial class TermRequestJson : JsonSerializerContext;

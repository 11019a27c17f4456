using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The values behind the keys of a multiclass label, in the keys' order, as texts that can be read back.</summary>
/// <param name="Kind">Type of the values; <see cref="DataKind.String"/> for text.</param>
/// <param name="Texts">The values, independent of culture.</param>
internal sealed record ClassValues([property: JsonConverter(typeof(JsonStringEnumConverter<DataKind>))] DataKind Kind, IReadOnlyList<string> Texts)
{
    /// <summary>What cannot be read back, a sentence; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Kind)) return [$"The type {Kind} of the classes' values is not known."];
        var codec = ClassCodec.Of(Kind);
        return Texts.Where(text => text is null || !codec.CanParse(text)).Take(1).Select(text => $"The text '{text}' is no class of type {Kind}.");
    }
}

using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What a model file says of a fitted encoder-decoder beside its arrays and vocabularies.</summary>
/// <param name="Output">Name of the column of decoded text.</param>
/// <param name="Source">Name of the source column.</param>
/// <param name="Target">Name of the target column.</param>
/// <param name="SourceCutting">How text becomes tokens of the source; null for a column of keys.</param>
/// <param name="TargetCutting">The same of the target.</param>
/// <param name="Separator">What stands between the tokens of decoded text.</param>
/// <param name="Decoding">How outputs are searched for.</param>
/// <param name="Network">The network's form.</param>
/// <param name="History">How the fit went.</param>
internal sealed record SequenceToSequenceShape(
    string Output, string Source, string Target, TokenIndexingShape? SourceCutting, TokenIndexingShape? TargetCutting,
    string Separator, DecodingOptions Decoding, EncoderDecoderShape Network, TrainingHistory History)
{
    /// <summary>The same with the beam that it was saved with: an earlier version saved none, and searched greedily unless there were alternatives.</summary>
    internal SequenceToSequenceShape WithBeam() =>
        Decoding is { BeamWidth: null, Alternatives: 1 } ? this with { Decoding = Decoding with { BeamWidth = 1 } } : this;

    /// <summary>The target's terms, and how they make text.</summary>
    internal TargetTerms TermsOf(Vocabulary terms) => new(terms, Separator, TargetCutting?.Cutting);

    /// <summary>What cannot be in such a file, a sentence each.</summary>
    internal IEnumerable<string> Faults() =>
    [
        .. new[] { Output, Source, Target }.Any(string.IsNullOrEmpty) ? ["It has a column without a name."] : Array.Empty<string>(),
        .. Decoding.Faults(), .. Network.Faults(),
    ];
}

/// <summary>Serializer of what a fitted encoder-decoder holds beside its arrays, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SequenceToSequenceShape))]
internal sealed partial class SequenceJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>All that gives the scores of a model: networks of one form, trained apart, and a wide part beside them.</summary>
/// <param name="Networks">The networks, at least one.</param>
/// <param name="Wide">The wide part; null for none.</param>
/// <param name="Mixture">For each label what it takes of the networks and of the wide part; empty without a wide part.</param>
internal sealed record TrainedModel(IReadOnlyList<TrainedNetwork> Networks, TrainedWide? Wide, IReadOnlyList<MixtureWeights> Mixture)
{
    /// <summary>More networks than this are a damaged file.</summary>
    internal const int MostNetworks = 64;

    /// <summary>A model that is one network.</summary>
    internal TrainedModel(TrainedNetwork network) : this([network], null, []) { }

    /// <summary>The form of the networks.</summary>
    internal NetworkShape Shape => Networks[0].Shape;
}

/// <summary>What a label's score takes of the networks and of the wide part.</summary>
/// <remarks>
/// A number is the weighted sum of both; the logit or the logarithms of probabilities are the weighted sum of those of the networks' mean probabilities and of
/// the wide part's: a product of experts, whose weights are those that fit held-out rows best.
/// </remarks>
/// <param name="Networks">The weight of what the networks say together.</param>
/// <param name="Wide">The weight of what the wide part says.</param>
internal sealed record MixtureWeights([property: JsonRequired] float Networks, [property: JsonRequired] float Wide);

using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the vectors of a bag's keys become one vector.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BagPooling>))]
public enum BagPooling
{
    /// <summary>Their mean: large bags weigh as much as small ones.</summary>
    Mean,

    /// <summary>Their sum: how many keys there are tells something.</summary>
    Sum,
}

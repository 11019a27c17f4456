using System.Text.Json.Serialization;

namespace MLNet.Embeddings.Tool.Hosting;

/// <summary>How the server is.</summary>
/// <param name="Status">Healthy, as long as it answers.</param>
/// <param name="Model">File name of the model.</param>
/// <param name="LoadedAt">When that was loaded which is in use.</param>
internal sealed record ServerHealth(string Status, string Model, DateTimeOffset LoadedAt);

/// <summary>What the server tells as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(IReadOnlyList<RowColumn>))]
internal sealed partial class ServerJson : JsonSerializerContext;

using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Gives texts the vectors that a network's column makes of them, many at once on all cores.</summary>
internal sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Output = "Embedding/vector";

    private readonly MLContext _mlContext = new();
    private readonly ITransformer _features;
    private readonly SchemaDefinition _schema;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <param name="model">The model.</param>
    /// <param name="column">The column of text.</param>
    /// <param name="modelId">What the model is called.</param>
    /// <exception cref="ArgumentException">There is no network, no such column, or it is none of text.</exception>
    internal TextEmbeddingGenerator(ITransformer model, string column, string modelId)
    {
        _features = model.Features(Output, column);
        _schema = SchemaDefinition.Create(typeof(Row));
        _schema[nameof(Row.Text)].ColumnName = column;
        // Refuses a column that is none of text here, not with the first text.
        var type = (VectorDataViewType)_features.GetOutputSchema(ViewOf([]).Schema)[Output].Type;
        _metadata = new EmbeddingGeneratorMetadata("MLNet.Embeddings", defaultModelId: modelId, defaultModelDimensions: type.Size);
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != _metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                $"The options ask for {dimensions} dimensions; the column makes {_metadata.DefaultModelDimensions}. Leave Dimensions out.", nameof(options));
        }
        return Task.Run(() => Generate(values, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>There is nothing to release.</summary>
    public void Dispose() { }

    private GeneratedEmbeddings<Embedding<float>> Generate(IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var created = DateTimeOffset.UtcNow;
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (float[] vector in _features.Transform(ViewOf(values)).GetColumn<float[]>(Output))
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(vector) { CreatedAt = created, ModelId = _metadata.DefaultModelId });
        }
        return embeddings;
    }

    private IDataView ViewOf(IEnumerable<string> texts) => _mlContext.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }), _schema);

    /// <summary>A row of the one column that is read.</summary>
    private sealed class Row
    {
        public string? Text { get; set; }
    }
}

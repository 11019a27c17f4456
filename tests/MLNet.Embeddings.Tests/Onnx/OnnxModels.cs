using Microsoft.ML;
using MLNet.Embeddings.Robustness;

namespace MLNet.Embeddings.Tests;

/// <summary>Models as ONNX files.</summary>
internal static class OnnxModels
{
    /// <summary>The first difference of a model's file, by batches of 1 and 64 rows; null if there is none.</summary>
    internal static string? Problem(ITransformer model, IDataView rows, OnnxOptions? options = null) =>
        OnnxCheck.Problem(new MLContext(1), model, rows, options, 1, 64);

    /// <summary>The file of a model.</summary>
    internal static OnnxFile File(ITransformer model, DataViewSchema schema, OnnxOptions? options = null)
    {
        using var stream = new MemoryStream();
        new MLContext(1).Model.SaveOnnx(model, schema, stream, options ?? new OnnxOptions());
        return new OnnxFile(stream.ToArray());
    }
}

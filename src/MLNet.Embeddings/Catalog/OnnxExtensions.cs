using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Saves models as ONNX files, for any language that ONNX Runtime is there for.</summary>
public static class OnnxExtensions
{
    /// <summary>Saves a model as an ONNX file: raw columns in, the score columns out, without .NET.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The fitted or loaded model: a trainer's transformer or a whole pipeline that ends in one. Steps of ML.NET are exported by ML.NET
    /// itself.</param>
    /// <param name="inputSchema">The schema of the data that the model reads, as in <c>Save</c>; the label may be there or not.</param>
    /// <param name="filePath">The file; an existing one is replaced when the new one is whole.</param>
    /// <remarks>
    /// Each input is rows × 1, or rows × values of a vector; the number of rows is free, from 1. Texts are strings, of which an empty one is missing; numbers
    /// and Booleans are of the type that the schema has; dates are Int64, milliseconds since 1970 (the file says so), of which the least is missing. The
    /// outputs have the names of the score columns, with ".output" behind where an input has that name: Score and Probability as Single, PredictedLabel as
    /// the class itself: a text where the label has texts. Of a set, PredictedLabel has a place for each label, empty where it is no member. The file needs
    /// version 12 of ONNX's operators, encoder-decoders 20, and where it cuts texts the Tokenizer of ONNX Runtime. Scores agree with those of .NET to about
    /// 1e-5.
    /// </remarks>
    /// <example><code>
    /// mlContext.Model.SaveOnnx(model, data.Schema, "model.onnx");
    /// </code></example>
    /// <exception cref="ArgumentException">The model makes no score columns.</exception>
    /// <exception cref="NotSupportedException">A step cannot be exported; the message names it, and says what to do.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string filePath) =>
        SaveOnnx(catalog, model, inputSchema, filePath, new OnnxOptions());

    /// <inheritdoc cref="SaveOnnx(ModelOperationsCatalog, ITransformer, DataViewSchema, string)"/>
    /// <param name="options">What the file reads.</param>
#pragma warning disable CS1573 // the other parameters are those above
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string filePath, OnnxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        byte[] file = Write(catalog, model, inputSchema, options);
        AtomicFile.Write(filePath, stream => stream.Write(file));
    }

    /// <inheritdoc cref="SaveOnnx(ModelOperationsCatalog, ITransformer, DataViewSchema, string)"/>
    /// <param name="stream">Where the file is written to; it stays open.</param>
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, Stream stream) =>
        SaveOnnx(catalog, model, inputSchema, stream, new OnnxOptions());

    /// <inheritdoc cref="SaveOnnx(ModelOperationsCatalog, ITransformer, DataViewSchema, string)"/>
    /// <param name="stream">Where the file is written to; it stays open.</param>
    /// <param name="options">What the file reads.</param>
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, Stream stream, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Write(catalog, model, inputSchema, options));
    }
#pragma warning restore CS1573

    private static byte[] Write(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(options);
        return OnnxExport.Write(model, inputSchema, options);
    }
}

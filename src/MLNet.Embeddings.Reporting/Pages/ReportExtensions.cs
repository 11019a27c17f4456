using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>A page that shows what a model has learned and how good it is.</summary>
public static class ReportExtensions
{
    /// <summary>
    /// Writes one HTML page, which needs no network: metrics next to a baseline, learning curve, importance of columns, maps of embeddings,
    /// pictures of the errors, the worst errors with their explanation, and how the data differ from the training data.
    /// </summary>
    /// <param name="model">A model of any task; of ML.NET's own trainers the page has the sections that need no knowledge of the network.</param>
    /// <param name="testData">Rows with the label that the model was not trained on; read several times.</param>
    /// <param name="path">The file to write, or to replace, once all is made; it ends with .html or .htm.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <example><code>
    /// model.SaveReport(testData, "report.html");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, the options are out of range, or the data have no label or no rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The data lack a column that the model reads, or have it in another type.</exception>
    /// <exception cref="InvalidOperationException">A row has a label that the model does not know, or none, where each must have one.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveReport(this ITransformer model, IDataView testData, string path, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(testData);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0) throw new ArgumentException($"The settings of the report cannot be used:\n{string.Join('\n', faults)}", nameof(options));
        if (Path.GetExtension(path).ToUpperInvariant() is not (".HTML" or ".HTM"))
            throw new ArgumentException($"'{path}' does not end as a page does; name a file that ends with .html.", nameof(path));
        PageFile.Write(path, () => Report.Page(model, testData, options));
    }
}

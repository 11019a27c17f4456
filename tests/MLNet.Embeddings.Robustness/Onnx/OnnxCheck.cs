using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Compares what an ONNX file of a model gives with what the model does.</summary>
internal static class OnnxCheck
{
    private const double Tolerance = 1e-5;

    /// <summary>The first difference; null if there is none.</summary>
    /// <param name="context">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="view">The rows.</param>
    /// <param name="options">What the file reads.</param>
    /// <param name="batches">How many rows are given to the file at once, once for each.</param>
    internal static string? Problem(MLContext context, ITransformer model, IDataView view, OnnxOptions? options = null, params ReadOnlySpan<int> batches)
    {
        using var stream = new MemoryStream();
        context.Model.SaveOnnx(model, view.Schema, stream, options ?? new OnnxOptions());
        using var file = new OnnxFile(stream.ToArray());
        var scored = model.Transform(view);
        foreach (int batch in batches)
        {
            if (Difference(file.Run(view, batch), scored) is { } difference) return $"Batches of {batch}: {difference}";
        }
        return null;
    }

    /// <summary>The first difference between the outputs of a file and score columns.</summary>
    internal static string? Difference(Dictionary<string, List<object[]>> outputs, IDataView scored)
    {
        var columns = ScoreColumn.LatestOf(scored.Schema);
        if (!columns.Select(column => column.Name).Order().SequenceEqual(outputs.Keys.Order()))
            return $"The file has {string.Join(", ", outputs.Keys)}; the model {string.Join(", ", columns.Select(column => column.Name))}.";
        foreach (var column in columns)
        {
            var got = outputs[column.Name];
            int row = 0;
            object[][] all = [.. Values(scored, column)];
            // Numbers of a label's own unit are as precise as the largest of them.
            double unit = column.Name.EndsWith("Score", StringComparison.Ordinal) && !outputs.ContainsKey(column.Name[..^5] + "PredictedLabel")
                ? all.SelectMany(values => values).OfType<float>().Select(Math.Abs).DefaultIfEmpty().Max()
                : 1;
            foreach (object[] wanted in all)
            {
                if (wanted.Length != got[row].Length) return $"{column.Name} of row {row} is {Text(got[row])}, wanted {Text(wanted)}.";
                for (int i = 0; i < wanted.Length; i++)
                {
                    if (!AreSame(wanted[i], got[row][i], unit) && !IsTie(outputs, column.Name, row, wanted[i], got[row][i]))
                        return $"{column.Name} of row {row} is {Text(got[row])}, wanted {Text(wanted)}.";
                }
                row++;
            }
            if (row != got.Count) return $"{column.Name} has {got.Count} rows, not {row}.";
        }
        return null;
    }

    private static bool AreSame(object wanted, object got, double unit) => (wanted, got) switch
    {
        (float a, float b) => float.IsNaN(a) && float.IsNaN(b) || Math.Abs(a - b) <= Tolerance * Math.Max(unit, Math.Abs(a)),
        _ => Convert.ToString(wanted, CultureInfo.InvariantCulture) == Convert.ToString(got, CultureInfo.InvariantCulture),
    };

    /// <summary>Whether a class differs because two are as good as equal.</summary>
    private static bool IsTie(Dictionary<string, List<object[]>> outputs, string column, int row, object wanted, object got)
    {
        const string PredictedLabel = "PredictedLabel", Score = "Score";
        if (!column.EndsWith(PredictedLabel, StringComparison.Ordinal)) return false;
        if (!outputs.TryGetValue(column[..^PredictedLabel.Length] + Score, out var scores)) return false;
        float[] values = [.. scores[row].Cast<float>().OrderDescending()];
        return values.Length == 1
            ? Math.Abs(values[0]) < Tolerance
            : values[0] - values[1] < 2 * Tolerance || values.Any(value => Math.Abs(value - 0.5f) < Tolerance);
    }

    /// <summary>The values of score columns; classes as what they stand for, of a set a place for each of its labels.</summary>
    private static IEnumerable<object[]> Values(IDataView scored, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        if (item is not KeyDataViewType key)
        {
            string[]? two = column.Annotations.Schema.GetColumnOrNull(ScoreColumn.ClassValues) is null ? null : TextsOf(column, ScoreColumn.ClassValues);
            return RawColumnValues.Read(scored, column).Select(row => row.Select(value => two is null ? value : two[(bool)value ? 1 : 0]).ToArray());
        }
        string[]? texts = column.Annotations.Schema.GetColumnOrNull("KeyValues") is null ? null : TextsOf(column, "KeyValues");
        object Class(uint given) => texts is null ? (long)given : given == 0 ? "" : texts[given - 1];
        if (column.Type is not VectorDataViewType) return RawColumnValues.Read(scored, column).Select(row => new[] { Class((uint)row[0]) });
        return RawColumnValues.Read(scored, column).Select(row =>
        {
            object[] places = [.. Enumerable.Repeat(Class(0), (int)key.Count)];
            foreach (uint member in row) places[member - 1] = Class(member);
            return places;
        });
    }

    private static string[] TextsOf(DataViewSchema.Column column, string annotation)
    {
        var type = column.Annotations.Schema[annotation].Type.ItemType();
        return ClassCodec.Of(ClassCodec.KindOf(type)!.Value).Read(column.Annotations, annotation);
    }

    private static string Text(object[] values) =>
        string.Join(' ', values.Take(20).Select(value => string.Format(CultureInfo.InvariantCulture, value is float ? "{0:G9}" : "{0}", value)));
}

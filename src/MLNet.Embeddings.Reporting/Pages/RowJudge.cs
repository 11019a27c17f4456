using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Says of the row that a cursor stands on which label it has and how it is predicted.</summary>
internal static class RowJudge
{
    /// <summary>The label of the row, and how wrong its prediction is; null where the label is missing.</summary>
    /// <param name="row">The cursor, over the columns of <paramref name="names"/>.</param>
    /// <param name="names">Task and columns.</param>
    internal static Func<RowError?> Of(DataViewRow row, ScoreNames names) => names.Task switch
    {
        ReportTask.Binary => Binary(row, names),
        ReportTask.Multiclass => Multiclass(row, names),
        ReportTask.Regression => Regression(row, names),
        ReportTask.Set => Set(row, names),
        _ => () => new RowError(row.Position, "", "", double.NegativeInfinity, ""),
    };

    /// <summary>The names of the two classes, that of false first.</summary>
    internal static string[] TwoClasses(DataViewSchema schema, ScoreNames names) =>
        CellText.Annotation(schema[names.PredictedLabel], "ClassValues") ?? ["false", "true"];

    private static Func<RowError?> Binary(DataViewRow row, ScoreNames names)
    {
        Func<bool> label = Value<bool>(row, names.Label), predicted = Value<bool>(row, names.PredictedLabel);
        var score = Value<float>(row, names.Probability ?? names.Score);
        string[] classes = TwoClasses(row.Schema, names);
        return () =>
        {
            bool right = label(), said = predicted();
            double value = score(), ofRight = right ? value : names.Probability is null ? -value : 1 - value;
            string name = classes[right ? 1 : 0];
            string words = names.Probability is null ? $"score {Show.Number(value)}" : $"gave '{name}' a probability of {Show.Percent(ofRight)}";
            return new RowError(row.Position, name, classes[said ? 1 : 0], right == said ? double.NegativeInfinity : -ofRight, words);
        };
    }

    private static Func<RowError?> Multiclass(DataViewRow row, ScoreNames names)
    {
        var key = KeyValue(row, names.Label);
        Func<string> label = CellText.Reader(row, row.Schema[names.Label]), predicted = CellText.Reader(row, row.Schema[names.PredictedLabel]);
        var scores = row.GetGetter<VBuffer<float>>(row.Schema[names.Score]);
        VBuffer<float> values = default;
        return () =>
        {
            long right = key() - 1;
            scores(ref values);
            if (right < 0 || right >= values.Length) return null;
            double ofRight = values.GetItemOrDefault((int)right);
            var (name, said) = (label(), predicted());
            return new RowError(row.Position, name, said, name == said ? double.NegativeInfinity : -ofRight,
                $"gave '{name}' a score of {Show.Percent(ofRight)}");
        };
    }

    private static Func<RowError?> Regression(DataViewRow row, ScoreNames names)
    {
        Func<float> label = Value<float>(row, names.Label), score = Value<float>(row, names.Score);
        return () =>
        {
            double right = label(), said = score();
            return double.IsNaN(right)
                ? null
                : new RowError(row.Position, Show.Number(right), Show.Number(said), Math.Abs(right - said),
                    $"is {Show.Number(Math.Abs(said - right))} too {(said > right ? "high" : "low")}");
        };
    }

    private static Func<RowError?> Set(DataViewRow row, ScoreNames names)
    {
        Func<HashSet<string>> label = CellText.SetReader(row, row.Schema[names.Label]), predicted = CellText.SetReader(row, row.Schema[names.PredictedLabel]);
        return () =>
        {
            HashSet<string> right = label(), said = predicted();
            string[] missed = [.. right.Except(said).Order(StringComparer.Ordinal)], extra = [.. said.Except(right).Order(StringComparer.Ordinal)];
            int wrong = missed.Length + extra.Length;
            return new RowError(row.Position, Text(right), Text(said), wrong == 0 ? double.NegativeInfinity : wrong,
                $"missed {missed.Length} and wrongly gave {extra.Length}");
        };
    }

    private static string Text(HashSet<string> set) => set.Count == 0 ? "none" : string.Join(", ", set.Order(StringComparer.Ordinal));

    private static Func<long> KeyValue(DataViewRow row, string name)
    {
        var column = row.Schema[name];
        if (column.Type is not KeyDataViewType)
        {
            throw new ArgumentException(
                $"The label '{name}' of a multiclass model must be a key; it is {column.Type}. Map it in the pipeline, as by MapValueToKey.");
        }
        if (column.Type.RawType == typeof(byte)) return Integer(Value<byte>(row, name));
        if (column.Type.RawType == typeof(ushort)) return Integer(Value<ushort>(row, name));
        return column.Type.RawType == typeof(ulong) ? Integer(Value<ulong>(row, name)) : Integer(Value<uint>(row, name));
    }

    private static Func<long> Integer<T>(Func<T> value) where T : System.Numerics.INumberBase<T> => () => long.CreateSaturating(value());

    private static Func<T> Value<T>(DataViewRow row, string name)
    {
        var column = row.Schema[name];
        if (column.Type.RawType != typeof(T))
        {
            throw new ArgumentException(
                $"Column '{name}' must hold values of type {typeof(T).Name}; it holds {column.Type}. Convert it in the pipeline, as by ConvertType.");
        }
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }
}

/// <summary>A row that is predicted badly.</summary>
/// <param name="Position">Number of the row, from 0.</param>
/// <param name="Label">The right value.</param>
/// <param name="Predicted">What is predicted.</param>
/// <param name="Error">How bad it is; rows are compared by it.</param>
/// <param name="Words">How bad it is, in words.</param>
internal sealed record RowError(long Position, string Label, string Predicted, double Error, string Words);

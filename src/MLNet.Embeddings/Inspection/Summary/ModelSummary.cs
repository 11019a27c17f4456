using System.Globalization;
using System.Text;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted pipeline as a text: what it is made of, how large that is, and how the fit went.</summary>
internal sealed class ModelSummary
{
    private readonly StringBuilder _text = new();

    /// <summary>Of all steps of a model.</summary>
    internal static string Of(ITransformer model)
    {
        var summary = new ModelSummary();
        foreach (var step in model.Steps())
        {
            summary._text.AppendLine(step.GetType().Name);
            if (step is MultiEmbeddingTransformer network) summary.Add(network);
            if (step is SequenceToSequenceTransformer sequences) summary.Add(sequences);
            if (step is TokenIndexingTransformer tokens) summary.AddKeys(tokens.Shape, tokens.KeyCount);
            if (step is CategoryIndexingTransformer { Vocabulary: { } terms } categories) summary.AddKeys(categories.Shape, terms.Count);
        }
        return summary._text.ToString();
    }

    private void Add(MultiEmbeddingTransformer step)
    {
        var (model, shape) = (step.Model, step.Model.Shape);
        foreach (var label in shape.Labels) Line($"  predicts {label.Name}: {Describe(label)}");
        List<SummaryLayer> layers = [.. SummaryLayer.Of(shape, column => SourceColumn.Of(column, step.Steps).Name)];
        AddTable(layers);
        long each = layers.Sum(layer => layer.Parameters), wide = 0;
        if (model.Networks.Count > 1) Line($"  {model.Networks.Count} networks of this form, averaged: {each * model.Networks.Count:N0} parameters");
        if (model.Wide is { Shape: var part })
        {
            wide = SummaryLayer.Count(part.Weights());
            int crossed = part.Columns.Count(column => column is WideCross);
            long features = part.Columns.Sum(column => (long)column.FeatureCount);
            string pairs = crossed > 0 ? $" and {crossed} pairs" : "";
            Line($"  a wide part beside them: {features:N0} features of {part.Inputs.Count()} columns{pairs}, {wide:N0} parameters");
            foreach (var (label, mixture) in shape.Labels.Zip(model.Mixture))
                Line($"  {label.Name} = networks × {mixture.Networks:0.##} + wide part × {mixture.Wide:0.##}");
        }
        Line($"  {each * model.Networks.Count + wide:N0} parameters in all");
        Add(step.History);
    }

    private void Add(SequenceToSequenceTransformer step)
    {
        AddTable([.. SummaryLayer.Of(step.Network.Shape)]);
        Line($"  {SummaryLayer.Count(step.Network.Shape.Weights()):N0} parameters in all");
        Add(step.History);
    }

    private void Add(TrainingHistory history)
    {
        if (history.Epochs.ElementAtOrDefault(history.BestEpoch - 1) is { } best)
        {
            string loss = best.ValidationLoss is { } value ? string.Create(CultureInfo.InvariantCulture, $", validation loss {value:0.####}") : "";
            Line($"  best epoch {best.Epoch} of {history.Epochs.Count} ({history.StopReason}), training loss {best.TrainingLoss:0.####}{loss}");
        }
        var metrics = history.HeldOutMetrics.Count > 0 ? history.HeldOutMetrics : history.Epochs.ElementAtOrDefault(history.BestEpoch - 1)?.Metrics ?? [];
        if (metrics.Count > 0)
        {
            var values = metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:0.####}"));
            Line($"  held out: {string.Join(", ", values)}");
        }
        Line($"  {history.TrainingRows:N0} rows to train on, {history.ValidationRows:N0} to validate on, {history.SkippedRows:N0} without a label");
        foreach (string warning in history.Warnings) Line($"  warning: {warning}");
        if (history.Settings is { } settings) Line($"  settings: {settings.ReplaceLineEndings($"{Environment.NewLine}  ")}");
    }

    private void AddKeys(IndexingShape shape, int keys)
    {
        foreach (var column in shape.Columns) Line($"  {column.InputColumnName} -> {column.OutputColumnName}: {keys:N0} keys");
    }

    private void AddTable(IReadOnlyList<SummaryLayer> layers)
    {
        (string, string, string, string)[] rows =
        [
            ("layer", "kind", "output", "parameters"),
            .. layers.Select(layer => (layer.Name, layer.Kind, layer.Output, string.Create(CultureInfo.InvariantCulture, $"{layer.Parameters:N0}"))),
        ];
        int first = rows.Max(row => row.Item1.Length), second = rows.Max(row => row.Item2.Length), third = rows.Max(row => row.Item3.Length),
            last = rows.Max(row => row.Item4.Length);
        foreach (var (i, row) in rows.Index())
        {
            Line($"  {row.Item1.PadRight(first)}  {row.Item2.PadRight(second)}  {row.Item3.PadRight(third)}  {row.Item4.PadLeft(last)}");
            if (i == 0) Line($"  {new string('-', first + second + third + last + 6)}");
        }
    }

    private void Line(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Describe(LabelShape label) => label switch
    {
        BinaryLabelShape { Threshold: { } threshold } => string.Create(CultureInfo.InvariantCulture, $"one of two classes, positive above {threshold:0.###}"),
        BinaryLabelShape => "one of two classes",
        MulticlassLabelShape classes => string.Create(CultureInfo.InvariantCulture, $"one of {classes.ClassCount:N0} classes"),
        SetLabelShape classes => string.Create(CultureInfo.InvariantCulture, $"a set of {classes.ClassCount:N0} labels"),
        _ => "a number",
    };
}

using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What is to be explained.</summary>
/// <param name="Model">The model.</param>
/// <param name="Label">Number of the label.</param>
/// <param name="Class">Number of the class; null for the most probable one of each row.</param>
internal sealed record ExplanationQuestion(MultiEmbeddingTransformer Model, int Label, int? Class)
{
    /// <exception cref="ArgumentException">There is no such label or class, or no label is named and there are several.</exception>
    internal static ExplanationQuestion Of(MultiEmbeddingTransformer model, string? labelColumnName, string? className)
    {
        var labels = model.Model.Shape.Labels;
        var named = labels.Index().Where(label => labelColumnName is null || label.Item.Name == labelColumnName).ToArray();
        if (named is not [var (index, label)])
        {
            throw new ArgumentException(
                $"One label is explained at a time; the model has {string.Join(", ", labels.Select(one => $"'{one.Name}'"))}, and " +
                $"{(labelColumnName is null ? "none is named" : $"'{labelColumnName}' is none of them")}. Name one of these.", nameof(labelColumnName));
        }
        if (className is null) return new ExplanationQuestion(model, index, null);
        string[] classes = label is ClassesLabelShape many ? [.. Enumerable.Range(0, many.ClassCount).Select(many.NameOf)] : [];
        return Array.IndexOf(classes, className) is >= 0 and var number
            ? new ExplanationQuestion(model, index, number)
            : throw new ArgumentException(
                $"'{className}' is no class of label '{label.Name}'; " + (classes.Length == 0
                    ? "it has one score, which is explained where no class is named."
                    : $"it has {string.Join(", ", classes.Take(20).Select(one => $"'{one}'"))}{(classes.Length > 20 ? " and others" : "")}."),
                nameof(className));
    }
}

/// <summary>What a class is called.</summary>
internal static class ClassNames
{
    /// <summary>The name of the class that an output stands for; null for a number.</summary>
    internal static string? Of(LabelShape label, int index) => label switch
    {
        BinaryLabelShape binary => binary.Classes?.Texts[1] ?? "true",
        ClassesLabelShape classes => classes.NameOf(index),
        _ => null,
    };
}

/// <summary>In the place of a model in its pipeline: a column of explanations, annotated as a score so that what it does not hang on may be missing.</summary>
internal sealed class ExplanationStep(ExplanationQuestion question) : RowMappingTransformer
{
    private protected override RowBinding Bind(DataViewSchema input) => question.Model.BindBehindSteps(input, (schema, scorer) =>
        new ExplanationBinding(schema, scorer, question));

    /// <summary>It is in no file: it is made anew for each question.</summary>
    internal override void Write(EntryWriter entries) => throw new UnreachableException();
}

/// <summary>The type of explanations in a view.</summary>
internal sealed class ExplanationType() : StructuredDataViewType(typeof(RowExplanation))
{
    internal static readonly ExplanationType Instance = new();

    public override bool Equals(DataViewType? other) => other is ExplanationType;
}

/// <summary>Explanations bound to the columns of one schema.</summary>
/// <param name="input">The schema.</param>
/// <param name="scorer">The model made ready to score.</param>
/// <param name="question">What is asked.</param>
internal sealed class ExplanationBinding(DataViewSchema input, Scorer scorer, ExplanationQuestion question) : RowBinding(input)
{
    /// <summary>Name of the column of explanations.</summary>
    internal const string ColumnName = "Explanation";

    private readonly DataViewSchema.Column[] _inputs = scorer.Find(input);

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [Detach()];

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) =>
        [.. _inputs, .. _inputs.Select(column => Input[SourceColumn.Of(column.Name, question.Model.Steps).Name])];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        if (!isActive(0)) return [null];
        Lazy<RowExplainer> explainer = new(() => new RowExplainer(scorer, question, input, _inputs));
        return [(ValueGetter<RowExplanation>)((ref RowExplanation value) => value = explainer.Value.Explain())];
    }

    private static DataViewSchema.DetachedColumn Detach()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        ScoreColumn.AddSetId(annotations, 1);
        return new DataViewSchema.DetachedColumn(ColumnName, ExplanationType.Instance, annotations.ToAnnotations());
    }
}

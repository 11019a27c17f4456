using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A set of labels per row, which a file has in one field with <c>|</c> between; ML.NET has no trainer for it.</summary>
internal sealed class SetSuiteTask(string label) : SuiteTask(label)
{
    internal override DataKind FileKind => DataKind.String;

    internal override EstimatorChain<ITransformer> FromFile(MLContext context, IDataView training) =>
        new EstimatorChain<ITransformer>().Append<ITransformer>(context.Transforms.Text.TokenizeIntoWords(Label, separators: ['|']));

    internal override IEstimator<ITransformer> LightGbm(MLContext context) => throw NoPeer();

    internal override ITransformer FitStrongLightGbm(MLContext context, IDataView training, IDataView validation) => throw NoPeer();

    internal override IEstimator<ITransformer> Linear(MLContext context) => throw NoPeer();

    internal override IEstimator<ITransformer> Linear(MLContext context, float l2) => throw NoPeer();

    /// <summary>F1 of all labels of all rows together.</summary>
    internal override double Evaluate(MLContext context, IDataView test, IDataView scored)
    {
        string predicted = $"{Label}.PredictedLabel";
        scored = context.Transforms.Conversion.MapKeyToValue(predicted).Fit(scored).Transform(scored);
        int both = 0, given = 0, said = 0;
        foreach (var (labels, guesses) in test.GetColumn<string[]>(Label).Zip(scored.GetColumn<string[]>(predicted)))
        {
            both += labels.Intersect(guesses).Count();
            given += labels.Length;
            said += guesses.Length;
        }
        return 2.0 * both / (given + said);
    }

    private static NotSupportedException NoPeer() => new("ML.NET has no trainer of sets of labels.");
}

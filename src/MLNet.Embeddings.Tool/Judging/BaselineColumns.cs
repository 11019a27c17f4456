using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embeddings.Tool;

/// <summary>How the baseline reads the columns of a plan.</summary>
internal static class BaselineColumns
{
    /// <summary>Values of a category that get a column; rarer ones have none.</summary>
    private const int MostCategories = 10_000;

    private const string Given = "Baseline given date", Days = "Baseline days";

    /// <summary>Copies of the columns under names of their own; dates become numbers of days.</summary>
    internal static EstimatorChain<ITransformer> Copy(MLContext mlContext, TrainingPlan plan)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (var column in plan.Columns)
        {
            string name = NameOf(column);
            chain = chain.Append<ITransformer>(mlContext.Transforms.CopyColumns(name, column.Name));
            if (column is DateColumn) chain = Dates(mlContext, chain, name, plan.Options.Types[column.Name], plan.DateFormatOf(column.Name));
        }
        return chain;
    }

    /// <summary>The features, made of the copies.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="columns">The columns of the plan.</param>
    /// <param name="output">The column to make.</param>
    /// <param name="isLinear">Whether numbers are normalized, as linear models need it.</param>
    internal static EstimatorChain<ITransformer> Features(MLContext mlContext, IReadOnlyList<InputColumn> columns, string output, bool isLinear)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (var column in columns)
        {
            string name = NameOf(column);
            chain = column switch
            {
                TextColumn => chain.Append<ITransformer>(mlContext.Transforms.Text.FeaturizeText(name)),
                NumberColumn or DateColumn => Number(mlContext, chain, name, isLinear),
                _ => chain.Append<ITransformer>(mlContext.Transforms.Categorical.OneHotEncoding(name, maximumNumberOfKeys: MostCategories)),
            };
        }
        return chain.Append<ITransformer>(mlContext.Transforms.Concatenate(output, [.. columns.Select(NameOf)]));
    }

    private static string NameOf(InputColumn column) => $"Baseline {column.Name}";

    private static EstimatorChain<ITransformer> Number(MLContext mlContext, EstimatorChain<ITransformer> chain, string name, bool isLinear)
    {
        var numbers = chain.Append<ITransformer>(mlContext.Transforms.Conversion.ConvertType(name, outputKind: DataKind.Single))
            .Append<ITransformer>(mlContext.Transforms.ReplaceMissingValues(name, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
        // Years and days are far from 0: without a shift, nothing would be left of what they differ by.
        return isLinear ? numbers.Append<ITransformer>(mlContext.Transforms.NormalizeMeanVariance(name, fixZero: false)) : numbers;
    }

    /// <summary>A date as the number of days since the first year, NaN where it is missing; a time of day stays for the conversion of numbers.</summary>
    private static EstimatorChain<ITransformer> Dates(MLContext mlContext, EstimatorChain<ITransformer> chain, string name, DataKind type, string? format) =>
        type switch
        {
            DataKind.DateTime => Mapped<DateValue>(mlContext, chain, name, date => DaysOf(date.Value)),
            DataKind.String => Mapped<TextValue>(mlContext, chain, name, text => DaysOf(text.Value, format)),
            _ => chain,
        };

    private static EstimatorChain<ITransformer> Mapped<T>(MLContext mlContext, EstimatorChain<ITransformer> chain, string name, Func<T, float> days)
        where T : class, new() => chain
        .Append<ITransformer>(mlContext.Transforms.CopyColumns(Given, name))
        .Append<ITransformer>(mlContext.Transforms.CustomMapping<T, DayNumber>((date, number) => number.Value = days(date), contractName: null))
        .Append<ITransformer>(mlContext.Transforms.CopyColumns(name, Days));

    private static float DaysOf(DateTime date) => date == default ? float.NaN : (float)(date.Ticks / (double)TimeSpan.TicksPerDay);

    private static float DaysOf(string? text, string? format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? DaysOf(date) : float.NaN;

    private sealed class DateValue
    {
        [ColumnName(Given)]
        public DateTime Value { get; set; }
    }

    private sealed class TextValue
    {
        [ColumnName(Given)]
        public string? Value { get; set; }
    }

    private sealed class DayNumber
    {
        [ColumnName(Days)]
        public float Value { get; set; }
    }
}

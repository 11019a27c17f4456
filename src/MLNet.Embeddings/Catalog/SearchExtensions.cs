using System.Globalization;
using Microsoft.Data.Analysis;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Searches for settings.</summary>
public static class SearchExtensions
{
    /// <summary>
    /// Tries settings by successive halving: all trials are fitted to a quarter of the rows, the better half of them to a half, the better half of those to
    /// all but the held-out ones, which decide; the best is fitted to all rows.
    /// </summary>
    /// <typeparam name="TTransformer">Type of the fitted model.</typeparam>
    /// <param name="mlContext">The context.</param>
    /// <param name="estimator">Makes what is to be fitted, a trainer or a pipeline, of what it draws.</param>
    /// <param name="data">All rows with their label; they are read again for each fit, so cache what is slow to read.</param>
    /// <param name="trials">How many settings to try; fewer than four are all fitted once.</param>
    /// <param name="options">The metric, the seed, progress and cancelling; the defaults when null.</param>
    /// <remarks>
    /// The defaults of a trainer are good already, and <see cref="TrainingEffort.Thorough"/> searches by itself: this is for what it does not try. In all it
    /// takes about as long as three quarters of the trials as whole fits. One seed draws the same settings.
    /// </remarks>
    /// <example><code>
    /// var found = mlContext.Search(space => mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    /// {
    ///     LabelColumnName = "Recommended",
    ///     LearningRate = space.Logarithmic("rate", 1e-4, 1e-2),
    ///     HiddenUnits = [space.Choice("units", 64, 128, 256)],
    ///     CancellationToken = space.CancellationToken,
    /// }), trainData, trials: 16);
    /// Console.WriteLine(found.ToDataFrame());
    /// </code></example>
    /// <exception cref="ArgumentException">Settings cannot be used.</exception>
    /// <exception cref="Exception">
    /// All trials of a round failed: the error of the first that did, such as that no label is known, or that the task has no such metric. Where only some
    /// fail, their value is NaN, and <see cref="SearchTrial.Error"/> says why.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before a trial was measured.</exception>
    public static SearchResult<TTransformer> Search<TTransformer>(
        this MLContext mlContext, Func<TrialSpace, IEstimator<TTransformer>> estimator, IDataView data, int trials, SearchOptions? options = null)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        options ??= new();
        OptionErrors.ThrowIfAny("The settings of the search", options.Faults(), nameof(options));
        return new SuccessiveHalving<TTransformer>(mlContext, estimator, data, options).Run(trials);
    }

    /// <summary>The trials as a table, the best first: Trial, Rounds, the metric after the last of them, Seconds, a column for each setting, and Error where a
    /// fit failed.</summary>
    /// <param name="result">What a search found.</param>
    public static DataFrame ToDataFrame<TTransformer>(this SearchResult<TTransformer> result) where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(result);
        SearchTrial[] trials = [.. result.Trials.Where(trial => trial.Values.Count > 0)];
        DataFrame frame = new(
            new Int32DataFrameColumn("Trial", trials.Select(trial => trial.Number)),
            new Int32DataFrameColumn("Rounds", trials.Select(trial => trial.Values.Count)),
            new DoubleDataFrameColumn(result.Metric, trials.Select(trial => trial.Values[^1])),
            new DoubleDataFrameColumn("Seconds", trials.Select(trial => trial.Duration.TotalSeconds)));
        foreach (string name in trials.SelectMany(trial => trial.Settings).Select(setting => setting.Key).Distinct())
        {
            object?[] values = [.. trials.Select(trial => trial.Settings.FirstOrDefault(setting => setting.Key == name).Value)];
            // A setting may be called as one of the columns before.
            string column = frame.Columns.IndexOf(name) < 0 ? name : $"{name} (setting)";
            frame.Columns.Add(values.All(value => value is double or int or null)
                ? new DoubleDataFrameColumn(
                    column, values.Select(value => value is null ? null : (double?)Convert.ToDouble(value, CultureInfo.InvariantCulture)))
                : new StringDataFrameColumn(column, values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
        }
        if (trials.Any(trial => trial.Error is not null)) frame.Columns.Add(new StringDataFrameColumn("Error", trials.Select(trial => trial.Error)));
        return frame;
    }
}

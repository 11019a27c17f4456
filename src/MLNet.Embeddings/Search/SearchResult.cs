using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>How a search goes about its trials.</summary>
public sealed record SearchOptions
{
    /// <summary>The label. Null, the default, for that of a multi-embedding model with one label; to be named for other models.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>What trials are compared by, as in <see cref="ColumnImportanceOptions.Metric"/>; null, the default, for that of the task.</summary>
    public string? Metric { get; init; }

    /// <summary>Seed of what is drawn and of which rows are held out; 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of the rows that trials are measured on and not fitted to; 0.2 by default.</summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>Told after each fit; null for nobody.</summary>
    public IProgress<SearchProgress>? Progress { get; init; }

    /// <summary>Ends the search: what is best so far is given back, or, before a trial was measured, an <see cref="OperationCanceledException"/>
    /// thrown.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What cannot be used, a sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!(ValidationFraction is > 0 and < 1))
            yield return FormattableString.Invariant($"ValidationFraction must be above 0 and below 1; it was {ValidationFraction}.");
    }
}

/// <summary>How far a search is.</summary>
/// <param name="Fits">Fits that are done.</param>
/// <param name="AllFits">Fits that there will be, the last one to all rows included.</param>
/// <param name="Best">The trial that is the best so far.</param>
/// <param name="Remaining">Time that is left, by what the fits so far took for their rows.</param>
public sealed record SearchProgress(int Fits, int AllFits, SearchTrial Best, TimeSpan Remaining);

/// <summary>Settings that were tried.</summary>
/// <param name="Number">Number of the trial, from 1.</param>
/// <param name="Settings">What was drawn, by name, in the order in which it was drawn.</param>
/// <param name="Values">The metric of held-out rows after each round, NaN after one that failed; the next round had twice as many rows to fit.</param>
/// <param name="Duration">Time that its fits took.</param>
/// <param name="Error">Why a fit failed; null if none did.</param>
public sealed record SearchTrial(
    int Number, IReadOnlyList<KeyValuePair<string, object>> Settings, IReadOnlyList<double> Values, TimeSpan Duration, string? Error = null)
{
    /// <inheritdoc cref="SearchTrial" path="/param[@name='Settings']"/>
    public IReadOnlyList<KeyValuePair<string, object>> Settings { get; init => field = ValueList.Of(value); } = ValueList.Of(Settings);

    /// <inheritdoc cref="SearchTrial" path="/param[@name='Values']"/>
    public IReadOnlyList<double> Values { get; init => field = ValueList.Of(value); } = ValueList.Of(Values);

    /// <summary>A setting by its name.</summary>
    /// <exception cref="KeyNotFoundException">None of this name was drawn.</exception>
    public object this[string name] => Settings.Where(setting => setting.Key == name).Select(setting => setting.Value).FirstOrDefault() ??
        throw new KeyNotFoundException($"No setting '{name}' was drawn; there are {string.Join(", ", Settings.Select(setting => $"'{setting.Key}'"))}.");
}

/// <summary>What a search found.</summary>
/// <typeparam name="TTransformer">Type of the fitted model.</typeparam>
/// <param name="Model">The best settings fitted to all rows; after a cancelled search the model of the best trial so far.</param>
/// <param name="Metric">What trials were compared by.</param>
/// <param name="Best">The best trial: the best one of the last round.</param>
/// <param name="Trials">All trials, the best first: those that came farther before those that did not.</param>
/// <param name="IsCancelled">Whether the search was cancelled.</param>
public sealed record SearchResult<TTransformer>(TTransformer Model, string Metric, SearchTrial Best, IReadOnlyList<SearchTrial> Trials, bool IsCancelled)
    where TTransformer : class, ITransformer;

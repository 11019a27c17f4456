using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What each column and word of a row added to its score: integrated gradients (Sundararajan et al. 2017, arXiv 1703.01365).</summary>
/// <remarks>
/// <para>
/// What is explained is one number: the score of a regression, in the label's unit; the logit of a binary label's positive class, as in the column Score; of a
/// class among many, or in a set, the logit of its probability, ln(p / (1 − p)). <see cref="Baseline"/> is that number for a row of missing categories, empty
/// texts, and numbers in the middle: the mean where they are standardised, the median where they are binned or ranked.
/// </para>
/// <para>
/// The contributions of the columns sum up to <see cref="Score"/> less <see cref="Baseline"/>; those of a column's words sum up to that of the column. The
/// integral is computed with as many points as it takes to be right to 0.2 % of what the columns add, whether up or down (at most 2,048); what is left is
/// shared out by size. Within a text, the words' own integral goes from vectors of zeros to those of the words; what it does not explain, such as that there
/// is a text at all, is shared out evenly.
/// </para>
/// </remarks>
/// <param name="Label">Name of the label column.</param>
/// <param name="Class">The class that is explained; null for a number.</param>
/// <param name="Score">The number that is explained.</param>
/// <param name="Baseline">The same for the baseline.</param>
/// <param name="Columns">What each column added, in the order in which the model reads them.</param>
public sealed record RowExplanation(string Label, string? Class, double Score, double Baseline, IReadOnlyList<ColumnContribution> Columns)
{
    /// <inheritdoc cref="RowExplanation" path="/param[@name='Columns']"/>
    public IReadOnlyList<ColumnContribution> Columns { get; init => field = ValueList.Of(value); } = ValueList.Of(Columns);

    /// <summary>One line: the score, the baseline, and the columns by falling size.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Label}{(Class is null ? "" : $" = {Class}")}: {Score:0.###} = {Baseline:0.###} (baseline) " +
        $"{string.Join(' ', Columns.OrderByDescending(column => Math.Abs(column.Contribution)))}");
}

/// <summary>What a column added to a score.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Value">Its value as text, independent of culture; null where it is missing or a vector.</param>
/// <param name="Contribution">What it added.</param>
/// <param name="Words">What each word of a text, key of a sequence or value of a bag added, in their order; empty for other columns.</param>
public sealed record ColumnContribution(string Column, string? Value, double Contribution, IReadOnlyList<WordContribution> Words)
{
    /// <inheritdoc cref="ColumnContribution" path="/param[@name='Words']"/>
    public IReadOnlyList<WordContribution> Words { get; init => field = ValueList.Of(value); } = ValueList.Of(Words);

    /// <summary>The contribution with its sign, and the column.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Contribution:+0.###;-0.###;+0} ({Column})");
}

/// <summary>What a word of a text added to a score.</summary>
/// <param name="Word">The word, as the model cuts and writes it.</param>
/// <param name="Contribution">What it added.</param>
/// <param name="Attention">
/// Its weight in a readout that attends, mean over the networks; the weights of a text sum up to 1, and are 0 behind where it was cut off. Null where nothing
/// attends.
/// </param>
public sealed record WordContribution(string Word, double Contribution, double? Attention)
{
    /// <summary>The word and its contribution.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word} {Contribution:+0.###;-0.###;+0}");
}

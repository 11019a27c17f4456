using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The form of the wide part of a model: what is linear in features of the columns, as in Cheng et al. 2016 (arXiv 1606.07792).</summary>
/// <param name="Columns">What it reads.</param>
/// <param name="Outputs">Number of values that it gives for a row.</param>
internal sealed record WideShape(IReadOnlyList<WideColumn> Columns, int Outputs)
{
    /// <summary>Name of the outputs' bias (outputs).</summary>
    internal const string Bias = "wide.bias";

    /// <summary>The columns that it reads of the data: crossed ones, which stand behind them, are made of these.</summary>
    internal IEnumerable<WideColumn> Inputs => Columns.Where(column => column is not WideCross);

    /// <summary>Every array of a wide part of this form: name and extents.</summary>
    internal IEnumerable<(string Name, int[] Extents)> Weights()
    {
        foreach (var column in Columns)
        {
            yield return (column.Weights, [column.FeatureCount, Outputs]);
            foreach (var array in column.Arrays()) yield return array;
        }
        yield return (Bias, [Outputs]);
    }

    /// <summary>Refuses a wide part of more weights than can be trained; to be asked before anything of its size is made.</summary>
    /// <exception cref="InvalidOperationException">It would have more.</exception>
    internal void RequireSize()
    {
        double weights = Columns.Sum(column => column.FeatureCount + 1.0) * Outputs;
        if (weights <= Array.MaxLength) return;
        throw new InvalidOperationException(
            $"The wide part would have {weights:F0} weights; at most {Array.MaxLength} can be trained. Set Wide = false to train " +
            "without it, or give fewer classes.");
    }

    /// <summary>What cannot be in such a form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Columns.Count == 0 || Columns.Contains(null!)) return ["Its wide part names no column, or one that is nothing."];
        var faults = Columns.SelectMany(column => column.Faults());
        if (Columns.DistinctBy(column => column.Name).Count() < Columns.Count) faults = faults.Append("Two columns of its wide part have the same name.");
        if (!Columns.SkipWhile(column => column is not WideCross).All(IsCross))
            faults = faults.Append("A crossed column of its wide part stands before others, or is made of others than two categories.");
        return faults;

        bool IsCross(WideColumn column) => column is WideCross cross && IsCategory(cross.First) && IsCategory(cross.Second);
        bool IsCategory(int position) => Columns.ElementAtOrDefault(position) is WideCategory;
    }
}

/// <summary>A column of the wide part, and which features it becomes.</summary>
/// <param name="Name">Name of the column.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WideTerms), "terms")]
[JsonDerivedType(typeof(WideCategory), "category")]
[JsonDerivedType(typeof(WideNumbers), "numbers")]
[JsonDerivedType(typeof(WideCross), "cross")]
internal abstract record WideColumn(string Name)
{
    /// <summary>Number of features.</summary>
    [JsonIgnore]
    internal abstract int FeatureCount { get; }

    /// <summary>Name of the weights (features × outputs).</summary>
    internal string Weights => PartName("weight");

    /// <summary>The arrays that the features are made with: name and extents.</summary>
    internal virtual IEnumerable<(string Name, int[] Extents)> Arrays() => [];

    /// <summary>What is wrong with the numbers of these arrays; null when nothing is.</summary>
    internal virtual string? Mismatch(TrainedArrays wide) => null;

    /// <summary>What cannot be in such a form, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "A column of the wide part has no name.";
        if (FeatureCount < 1) yield return $"Column '{Name}' of the wide part has {FeatureCount} features.";
    }

    internal string PartName(string part) => $"wide.{Name}.{part}";
}

/// <summary>
/// The terms of a row, each a feature by its key: (1 + ln count) × the term's inverse document frequency, scaled so that a row's features have length 1
/// (TF-IDF with sublinear counts, Salton and Buckley 1988, as scikit-learn computes it). Missing and unknown keys are no features.
/// </summary>
/// <param name="Name">Name of the column.</param>
/// <param name="KeyCount">The largest key.</param>
/// <param name="KeptKeys">The largest key that is a feature: rarer terms have larger ones.</param>
internal sealed record WideTerms(string Name, int KeyCount, int KeptKeys) : WideColumn(Name)
{
    /// <summary>A column of which all keys are features.</summary>
    internal WideTerms(string Name, int KeyCount) : this(Name, KeyCount, KeyCount) { }

    internal override int FeatureCount => KeptKeys + 1;

    /// <summary>Name of the inverse document frequencies by key: ln((1 + rows) / (1 + rows with the term)) + 1.</summary>
    internal string InverseFrequencies => PartName("idf");

    internal override IEnumerable<(string Name, int[] Extents)> Arrays() => [(InverseFrequencies, [FeatureCount])];
}

/// <summary>A category: its key is a feature, the missing one too.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="KeyCount">The largest key.</param>
/// <param name="KeptKeys">The largest key that is a feature: rarer values have larger ones.</param>
internal sealed record WideCategory(string Name, int KeyCount, int KeptKeys) : WideColumn(Name)
{
    /// <summary>A column of which all keys are features.</summary>
    internal WideCategory(string Name, int KeyCount) : this(Name, KeyCount, KeyCount) { }

    internal override int FeatureCount => KeptKeys + 1;
}

/// <summary>
/// Two categories together: each pair of their keys that was kept is a feature, the missing and the unknown key being values like others (the cross-product
/// transformation of Cheng et al. 2016, arXiv 1606.07792). Other pairs are no features.
/// </summary>
/// <param name="Name">Name of the column.</param>
/// <param name="First">Position of the first category among the columns of the wide part.</param>
/// <param name="Second">Position of the second.</param>
/// <param name="PairCount">Number of pairs that are features.</param>
internal sealed record WideCross(string Name, int First, int Second, int PairCount) : WideColumn(Name)
{
    internal override int FeatureCount => PairCount;

    /// <summary>Name of the pairs of keys, in rising order: (pairs, 2). A float holds a key exactly up to 2^24, which is above what there can be.</summary>
    internal string Pairs => PartName("pairs");

    internal override IEnumerable<(string Name, int[] Extents)> Arrays() => [(Pairs, [PairCount, 2])];

    internal override string? Mismatch(TrainedArrays wide)
    {
        var pairs = wide[Pairs];
        for (int i = 2; i < pairs.Length; i += 2)
        {
            bool rises = pairs[i - 2] < pairs[i] || pairs[i - 2] == pairs[i] && pairs[i - 1] < pairs[i + 1];
            if (!rises) return $"The array '{Pairs}' holds pairs that do not rise.";
        }
        return null;
    }
}

/// <summary>
/// Numbers: each is shared out between the two knots that it lies between, so that the whole is a function that bends at each knot; behind these features, for
/// each number its place among its knots, from -1 to 1, so that a steady rise costs little.
/// </summary>
/// <param name="Name">Name of the column.</param>
/// <param name="KnotCounts">Knots of each number.</param>
/// <param name="HasMissing">Whether there are features for missing numbers, behind the others.</param>
internal sealed record WideNumbers(string Name, IReadOnlyList<int> KnotCounts, bool HasMissing) : WideColumn(Name)
{
    /// <inheritdoc cref="NumberShape.IsDouble"/>
    public bool IsDouble { get; init; }

    internal override int FeatureCount => KnotCounts.Sum() + (HasMissing ? 2 : 1) * KnotCounts.Count;

    internal string Knots => PartName(KnotScale.KnotsPart);

    internal string Fill => PartName(KnotScale.FillPart);

    internal override IEnumerable<(string Name, int[] Extents)> Arrays() =>
    [
        .. FloatPairs.Names(Knots, IsDouble).Select(name => (name, (int[])[KnotCounts.Sum()])),
        .. FloatPairs.Names(Fill, IsDouble).Select(name => (name, (int[])[KnotCounts.Count])),
    ];

    /// <summary>The scale that says between which knots a number lies.</summary>
    internal KnotScale Scale(TrainedArrays arrays) =>
        new([.. KnotCounts], arrays.Doubles(Knots, IsDouble), null, arrays.Doubles(Fill, IsDouble), HasMissing);

    internal override string? Mismatch(TrainedArrays wide) =>
        KnotScale.Rises<double>(KnotCounts, wide.Doubles(Knots, IsDouble), strictly: true)
            ? null
            : $"The array '{Knots}' holds knots that do not strictly increase.";

    // The number of features is asked for when it is known that it can be counted.
    internal override IEnumerable<string> Faults() => KnotCounts.Any(count => count is < 1 or > PiecewiseLinearEncoder.MostBins + 1)
            || KnotCounts.Sum(count => count + 2L) > Array.MaxLength
        ? [$"A number of column '{Name}' of the wide part has no knot, or more than there can be."]
        : base.Faults();
}

/// <summary>A fitted wide part: its form and its arrays by name.</summary>
internal sealed record TrainedWide(WideShape Shape, IReadOnlyDictionary<string, WeightArray> Weights) : TrainedArrays(Weights)
{
    /// <summary>A wide part of all the arrays that its form names.</summary>
    internal static TrainedWide Of(WideShape shape, IEnumerable<(string Name, float[] Values)> arrays) => new(shape, Shaped(shape.Weights(), arrays));

    internal override string? Mismatch() =>
        Mismatch(Shape.Weights()) ?? Shape.Columns.Select(column => column.Mismatch(this)).FirstOrDefault(fault => fault is not null);
}

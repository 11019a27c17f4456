namespace MLNet.Embeddings;

/// <summary>What a forward and a backward pass are for.</summary>
/// <param name="IsTraining">Whether what the backward pass needs is kept, and values are dropped where the network's plan says so.</param>
/// <param name="Step">Number of the step, which decides what is dropped.</param>
internal readonly record struct Pass(bool IsTraining, long Step)
{
    /// <summary>Validation or scoring.</summary>
    internal static Pass Scoring => default;

    /// <summary>Scoring, of which what the backward pass needs is kept.</summary>
    internal static Pass Explaining => new(true, -1);

    /// <summary>A step of training.</summary>
    internal static Pass Training(long step) => new(true, step);

    /// <summary>Whether statistics are measured over the batch; else running ones are taken.</summary>
    internal bool MeasuresBatch => IsTraining && Step >= 0;
}

/// <summary>Numbers the places of a network at which values are dropped.</summary>
/// <param name="seed">The seed of the fit.</param>
/// <param name="share">Share of the values to drop where nothing else is said.</param>
internal sealed class DropoutPlan(int seed, double share)
{
    private int _places;

    /// <summary>Drops nothing: for scoring.</summary>
    internal static DropoutPlan None => new(0, 0);

    /// <summary>The next place.</summary>
    /// <param name="ofPlace">Its share of the values to drop; null for that of the network.</param>
    internal DropoutPlace Next(double? ofPlace = null) => new(new DropoutMask(ofPlace ?? share), RandomStreams.Key(seed, RandomPurpose.Dropout, _places++));
}

/// <summary>A place of a network at which values are dropped in training.</summary>
/// <param name="mask">The share.</param>
/// <param name="stream">The random stream of the place.</param>
internal readonly struct DropoutPlace(DropoutMask mask, ulong stream)
{
    /// <summary>Whether nothing is dropped here.</summary>
    internal bool IsEmpty => mask.IsEmpty;

    /// <summary>What a value that was kept is to be multiplied with to be what it was.</summary>
    internal float KeptShare(Pass pass) => pass.IsTraining ? mask.KeptShare : 1;

    /// <summary>Multiplies values in the forward pass, and their gradients in the backward pass, by 0 or what makes up for that.</summary>
    /// <param name="values">The values.</param>
    /// <param name="first">Index of the first one among those of the batch.</param>
    /// <param name="pass">The pass.</param>
    internal void Apply(Span<float> values, long first, Pass pass)
    {
        if (pass.IsTraining && !mask.IsEmpty) mask.Apply(values, first, new SplitMix(stream ^ (ulong)pass.Step).Next());
    }
}

namespace MLNet.Embeddings;

/// <summary>
/// A small and fast generator of random numbers, the only one of a fit but for torch's own dropout on its device; its whole state is one number.
/// </summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators (OOPSLA 2014), figure 17.</remarks>
internal sealed class SplitMix(ulong seed)
{
    /// <summary>The whole state.</summary>
    internal ulong State { get; set; } = seed;

    /// <summary>The next 64 bits.</summary>
    internal ulong Next()
    {
        ulong mixed = State += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return mixed ^ mixed >> 31;
    }

    /// <summary>A number from 0 to below 1.</summary>
    internal double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the normal distribution of mean 0 and deviation 1 that is not further than a bound from 0 (Box and Muller, 1958).</summary>
    internal double NextNormal(double bound)
    {
        double number;
        do number = Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
        while (Math.Abs(number) > bound);
        return number;
    }

    /// <summary>A whole number from 0 to below a bound, to within a bias of the bound's share in 2³².</summary>
    /// <remarks>By multiplication instead of division: Lemire, Fast Random Integer Generation in an Interval (ACM TOMACS 29, 2019).</remarks>
    internal int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>A generator with a sequence of its own.</summary>
    internal SplitMix Split() => new(Next());

    /// <summary>Draws the first items at random from all, in a random order (Fisher and Yates).</summary>
    /// <param name="items">Reordered: the drawn ones come first.</param>
    /// <param name="count">How many to draw; with all of them, the items are shuffled.</param>
    internal void Draw<T>(Span<T> items, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int other = i + Below(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}

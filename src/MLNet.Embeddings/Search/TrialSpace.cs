using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Draws the settings of a trial. What is drawn goes by the seed, the trial and the name alone, not by the order of the calls.</summary>
public sealed class TrialSpace
{
    private readonly int _seed;
    private readonly List<KeyValuePair<string, object>> _values = [];

    internal TrialSpace(int seed, int trial, CancellationToken cancellationToken) => (_seed, Trial, CancellationToken) = (seed, trial, cancellationToken);

    /// <summary>Number of the trial, from 1.</summary>
    public int Trial { get; }

    /// <summary>Ends the search; to be given to the settings of what is fitted, so that it ends within a fit.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What was drawn so far, in its order.</summary>
    internal IReadOnlyList<KeyValuePair<string, object>> Values => _values;

    /// <summary>A number from a range, each as likely as any other.</summary>
    /// <param name="name">Name of the setting.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">The largest.</param>
    /// <exception cref="ArgumentException">The range is none, or the name was drawn before.</exception>
    public double Uniform(string name, double least, double most)
    {
        Require(
            name, double.IsFinite(least) && double.IsFinite(most) && least < most, $"from {Text(least)} to {Text(most)}",
            "a range of finite numbers that rises");
        return Keep(name, least + (most - least) * Draw(name));
    }

    /// <summary>A number from a range whose logarithm is drawn: for learning rates and penalties, where factors count.</summary>
    /// <inheritdoc cref="Uniform"/>
    public double Logarithmic(string name, double least, double most)
    {
        Require(
            name, least > 0 && double.IsFinite(most) && least < most, $"from {Text(least)} to {Text(most)}",
            "a range of finite numbers above 0 that rises");
        return Keep(name, Math.Exp(Math.Log(least) + (Math.Log(most) - Math.Log(least)) * Draw(name)));
    }

    /// <summary>A whole number from a range, its ends included, each as likely as any other.</summary>
    /// <inheritdoc cref="Uniform"/>
    public int WholeNumber(string name, int least, int most)
    {
        Require(name, least <= most, $"from {least} to {most}", "a range that rises");
        return Keep(name, (int)(least + (long)(((long)most - least + 1) * Draw(name))));
    }

    /// <summary>One of several values, each as likely as any other.</summary>
    /// <param name="name">Name of the setting.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">There is no value, or the name was drawn before.</exception>
    public T Choice<T>(string name, params IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Require(name, values.Count > 0, "no value", "at least one");
        var value = values[(int)(values.Count * Draw(name))];
        _values.Add(new(name, value is null ? "null" : value));
        return value;
    }

    private double Draw(string name) => new SplitMix(
        RandomStreams.Of(_seed, RandomPurpose.Search, name).Next() ^ RandomStreams.Key(_seed, RandomPurpose.Search, Trial)).NextDouble();

    private T Keep<T>(string name, T value) where T : notnull
    {
        _values.Add(new(name, value));
        return value;
    }

    private void Require(string name, bool isSound, string given, string needed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_values.Any(setting => setting.Key == name))
            throw new ArgumentException($"'{name}' was drawn before in this trial; give each setting a name of its own.", nameof(name));
        if (!isSound) throw new ArgumentException($"'{name}' is to be drawn {given}; give {needed}.");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A sum of two numbers written as digits, and what it comes to.</summary>
internal sealed class AdditionRow
{
    public string Sum { get; set; } = "";

    public string Result { get; set; } = "";

    /// <summary>Different sums in a random order; a number has each count of digits, up to the most, as often as any other.</summary>
    internal static AdditionRow[] Draw(int count, int mostDigits)
    {
        var random = new Random(1);
        var rows = new Dictionary<string, AdditionRow>();
        while (rows.Count < count)
        {
            int first = Number(), second = Number();
            rows.TryAdd($"{first}+{second}", new() { Sum = $"{first}+{second}", Result = $"{first + second}" });
        }
        AdditionRow[] all = [.. rows.Values];
        random.Shuffle(all);
        return all;

        int Number() => random.Next((int)Math.Pow(10, random.Next(1, mostDigits + 1)));
    }
}

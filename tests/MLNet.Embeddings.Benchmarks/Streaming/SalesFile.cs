using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A file of made-up sales: two categories, three numbers, a short text, and whether the buyer came again.</summary>
internal static class SalesFile
{
    private const int Cities = 1_000, Products = 100_000, Words = 30_000, MostWords = 9;

    private static readonly string[] Vocabulary = MakeWords();

    /// <summary>Writes so many rows; equal numbers give equal files.</summary>
    internal static void Write(string path, int rows)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(path, append: false, Encoding.UTF8, bufferSize: 1 << 20);
        var line = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            int city = Rank(random, Cities), product = Rank(random, Products);
            double price = Math.Round(Math.Exp(5 * random.NextDouble()), 2), age = random.Next(18, 90), distance = Math.Round(100 * random.NextDouble(), 1);
            int first = Rank(random, Words);
            double logit = 0.8 * Effect(city, 3) + 0.8 * Effect(product, 5) + Effect(first, 7) + 0.3 * (2.5 - Math.Log(price)) + 0.01 * (age - 54);
            bool label = random.NextDouble() < 1 / (1 + Math.Exp(-logit));
            line.Clear().Append(label ? '1' : '0');
            line.Append(CultureInfo.InvariantCulture, $"\tcity{city}\tP{product:X5}\t{price}\t{age}\t{distance}\t").Append(Vocabulary[first]);
            for (int more = random.Next(MostWords); more > 0; more--) line.Append(' ').Append(Vocabulary[Rank(random, Words)]);
            writer.Write(line.Append('\n'));
        }
    }

    /// <summary>Opens the file, of which nothing is in memory.</summary>
    internal static IDataView Open(MLContext context, string path) => context.Data.LoadFromTextFile<SalesRow>(path);

    /// <summary>A number from 0, as unevenly frequent as words are: the logarithm of one more is uniform.</summary>
    private static int Rank(Random random, int count) => (int)Math.Exp(random.NextDouble() * Math.Log(count + 1)) - 1;

    /// <summary>From -1 to 1, always the same for the same number.</summary>
    private static double Effect(int number, uint salt) => (((uint)number + salt) * 2654435761u >> 8) / (double)(1 << 23) - 1;

    private static string[] MakeWords()
    {
        const string Consonants = "bdfgklmnprstvz", Vowels = "aeiou";
        return [.. Enumerable.Range(0, Words).Select(number =>
        {
            var word = new StringBuilder();
            for (int left = number + Consonants.Length; left > 0; left /= Consonants.Length)
                word.Append(Consonants[left % Consonants.Length]).Append(Vowels[left % Vowels.Length]);
            return word.ToString();
        })];
    }
}

/// <summary>A row of a <see cref="SalesFile"/>.</summary>
internal sealed class SalesRow
{
    [LoadColumn(0)] public bool Label { get; set; }

    [LoadColumn(1)] public string City { get; set; } = "";

    [LoadColumn(2)] public string Product { get; set; } = "";

    [LoadColumn(3)] public float Price { get; set; }

    [LoadColumn(4)] public float Age { get; set; }

    [LoadColumn(5)] public float Distance { get; set; }

    [LoadColumn(6)] public string Title { get; set; } = "";
}

using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Files of vectors for the words of <see cref="WordRow"/>, in a folder that goes with the test, and what a fit makes of them.</summary>
internal sealed class WordVectors : IDisposable
{
    internal const int Dimensions = 6;

    private readonly TemporaryFolder _folder = new();

    internal static string[] Words { get; } = [.. WordRow.Good.Concat(WordRow.Bad)];

    /// <summary>A path in the folder.</summary>
    internal string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The vectors of a file of the given content.</summary>
    internal PretrainedVectors Write(string fileName, string content) => PretrainedVectors.FromTextFile(_folder.Write(fileName, content));

    /// <summary>Options that read one column by vectors, beside another of numbers; the full name of its table, and its name.</summary>
    internal static (MultiEmbeddingOptions Options, string Table, string Column) Form(string form, PretrainedVectors vectors)
    {
        EmbeddingColumn column = form.Split(',')[0] switch
        {
            "bag" => InputColumn.Bag("Words"),
            "category" => InputColumn.Category("CityKey"),
            "gru" => InputColumn.Sequence("Words", encoder: SequenceEncoder.Gru(5)),
            _ => InputColumn.Sequence("Words", encoder: SequenceEncoder.Mean()),
        };
        bool dense = form.Contains("dense", StringComparison.Ordinal);
        var options = Trainers.Options with
        {
            Columns = [InputColumn.Number("Size"), column with { Vectors = vectors }],
            Activation = form.Contains("torch", StringComparison.Ordinal) ? ActivationFunction.Tanh : ActivationFunction.Relu,
            DenseTableUpdates = dense,
            Regularization = new() { AveragingDecay = dense ? 0.9 : 0, UnknownDropout = 0.1 },
        };
        return (options, $"columns.{column.Name}.table", column.Name);
    }

    /// <summary>A file of vectors for some words.</summary>
    internal PretrainedVectors Of(IEnumerable<string> words) => Write(
        "vectors.txt", string.Concat(words.Select(word => $"{word} {string.Join(' ', VectorOf(word).Select(Text))}\n")));

    internal static float[] VectorOf(string word) =>
        Numbers.Random(Dimensions, Encoding.UTF8.GetBytes(word).Aggregate(7, (hash, letter) => unchecked(31 * hash + letter)));

    internal static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    internal static float[] Table(ITransformer model, string name) => Trainers.Weights(model)[name].Values;

    internal static float[] Row(float[] table, int key, int dimensions = Dimensions) => table[(key * dimensions)..((key + 1) * dimensions)];

    /// <summary>The keys of a column by their values.</summary>
    internal static Dictionary<string, int> Keys(IDataView view, string column)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        view.Schema[column].GetKeyValues(ref values);
        return values.DenseValues().Index().ToDictionary(value => value.Item.ToString(), value => value.Index + 1);
    }

    internal static void AssertHasVectors(float[] table, IDataView view, string column, IReadOnlyList<string> words, float tolerance)
    {
        string[] read = [.. Keys(view, column).Keys.Intersect(words)];
        Assert.IsGreaterThan(40, read.Length);
        foreach (string word in read)
        {
            foreach (var (expected, actual) in VectorOf(word).Zip(Row(table, Keys(view, column)[word]))) Assert.AreEqual(expected, actual, tolerance, word);
        }
    }

    public void Dispose() => _folder.Dispose();
}

using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What settings that nobody made learn.</summary>
[TestClass]
public sealed class AutomaticLearningTests
{
    [TestMethod]
    public void Fit_OnlyPairsOfWordsTell_LearnsThem()
    {
        // "hot tea" and "cold ice" are fine, "cold tea" and "hot ice" are not: no word tells by itself.
        Note[] Notes(int seed) => Note.Random(400, seed, random =>
        {
            int state = random.Next(2), thing = random.Next(2);
            return ($"{Filler(random)} {(state == 0 ? "hot" : "cold")} {(thing == 0 ? "tea" : "ice")} {Filler(random)}", state == thing);
        });

        Assert.IsGreaterThan(0.97, AreaUnderCurve(Notes(1), Notes(2)));
    }

    [TestMethod]
    public void Fit_OnlyLettersTell_LearnsThem()
    {
        // Names that are never seen twice, told apart by how they end.
        Note[] Notes(int seed) => Note.Random(400, seed, random =>
        {
            bool label = random.Next(2) == 0;
            string stem = string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))));
            return (stem + (label ? "ova" : "ini"), label);
        });

        Assert.IsGreaterThan(0.97, AreaUnderCurve(Notes(1), Notes(2)));
    }

    [TestMethod]
    public void Fit_ShuffledLabels_AreNotLearned()
    {
        Note[] Notes(int seed) => Note.Random(400, seed, random => ($"{Filler(random)} {Filler(random)}", random.Next(2) == 0));

        Assert.AreEqual(0.5, AreaUnderCurve(Notes(1), Notes(2)), 0.1);
    }

    private static string Filler(Random random) => $"word{random.Next(40)}";

    private static double AreaUnderCurve(Note[] train, Note[] test)
    {
        var context = new MLContext(1);
        var options = new MultiEmbeddingOptions { Columns = [InputColumn.Text("Text")], NumberOfThreads = 2, Seed = 1 };
        var model = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(context.Data.LoadFromEnumerable(train));
        return context.BinaryClassification.Evaluate(model.Transform(context.Data.LoadFromEnumerable(test))).AreaUnderRocCurve;
    }

    private sealed class Note
    {
        public string Text { get; set; } = "";
        public bool Label { get; set; }

        internal static Note[] Random(int count, int seed, Func<Random, (string Text, bool Label)> make)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => make(random)).Select(one => new Note { Text = one.Text, Label = one.Label })];
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Trains encoder-decoders to add numbers written as digits, and prints how many unseen sums they get right.</summary>
/// <remarks>
/// The task of Zaremba and Sutskever 2014 (arXiv 1410.4615) and of Keras's example addition_rnn, whose sums have up to three digits and whose inputs are turned
/// round.
/// </remarks>
internal static class AdditionReport
{
    internal static int Print(Arguments arguments)
    {
        int count = arguments.Quick ? 2_000 : 50_000, unseen = arguments.Quick ? 500 : 5_000, digits = arguments.Quick ? 2 : 3;
        var rows = AdditionRow.Draw(count + unseen, digits);
        var mlContext = new MLContext(arguments.Seed);
        var (train, test) = (mlContext.Data.LoadFromEnumerable(rows[..count]), mlContext.Data.LoadFromEnumerable(rows[count..]));

        Console.WriteLine($"Addition of numbers of up to {digits} digits, {count} sums to train with and {unseen} others to test, seed {arguments.Seed}");
        Console.WriteLine();
        Console.WriteLine("| network | exact match | digit errors | best of five beams | fit | decoding of a row |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        var options = Options(arguments);
        Measure("attention, both directions", options);
        Measure("attention", options with { Bidirectional = false });
        Measure("the last state alone", options with { Bidirectional = false, Attention = false });
        return 0;

        void Measure(string name, SequenceToSequenceOptions settings)
        {
            long start = Stopwatch.GetTimestamp();
            var model = mlContext.Transforms.Text.SequenceToSequence("Answer", nameof(AdditionRow.Sum), nameof(AdditionRow.Result), settings).Fit(train);
            var fitTime = Stopwatch.GetElapsedTime(start);
            var beams = mlContext.EvaluateSequences(model.Transform(test), "Answer");
            start = Stopwatch.GetTimestamp();
            var greedy = mlContext.EvaluateSequences(model.WithDecoding(new() { BeamWidth = 1 }).Transform(test), "Answer");
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / unseen;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {greedy.ExactMatch:P2} | {greedy.TokenErrorRate:P2} | {beams.ExactMatch:P2} | " +
                $"{fitTime.TotalSeconds:F0} s | {microseconds:F0} µs |"));
        }
    }

    private static SequenceToSequenceOptions Options(Arguments arguments)
    {
        var characters = new TokenIndexingOptions { Split = TokenSplit.Character };
        return new()
        {
            SourceTokens = characters,
            TargetTokens = characters,
            Units = 128,
            Regularization = new() { Dropout = 0.1 },
            MaxEpochs = arguments.Quick ? 3 : 12,
            LearningRate = 0.005,
            Seed = arguments.Seed,
        };
    }
}

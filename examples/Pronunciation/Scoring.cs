using Examples;
using Microsoft.ML;

namespace Pronunciation;

/// <summary>What the second process does: it loads the model and speaks new words.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"New words, in process {Environment.ProcessId}");
        using var engine = mlContext.Model.CreatePredictionEngine<Word, SpokenWord>(model);
        SequenceReport.PrintOutputs("Word", NewWords.All.Select(word => (word, Spoken: engine.Predict(word)))
            .Select(pair => (pair.word.Spelling, pair.Spoken.LogProbability, pair.Spoken.Alternatives)));

        return TorchReport.Print();
    }
}

using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using Pronunciation;

var files = new DataFiles("g2p-small", '\t');
var command = CommandLine.Read(args, "Learns from a dictionary how words are spoken.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedWords.All(), command.Quick ? 3_000 : 18_000, maxRows: command.Quick ? 3_000 : null);

// From a spelling, letter by letter, to phonemes; all else is left to the library.
var options = new SequenceToSequenceOptions
{
    SourceTokens = new() { Split = TokenSplit.Character },
    TargetTokens = new() { Split = TokenSplit.Whitespace },
    Decoding = new() { Alternatives = 3 },
};
if (command.Quick) options = options with { Units = 96, MaxEpochs = 8 };
var (model, time) = Training.Fit((progress, cancellationToken) => mlContext.Transforms.Text
    .SequenceToSequence(
        nameof(SpokenWord.Spoken), nameof(Word.Spelling), nameof(Word.Phonemes),
        options with { Progress = progress, CancellationToken = cancellationToken })
    .Fit(train));

// Published systems, with six times as many words of the CMU dictionary, reach an exact match of about 0.75 and an error rate of about 0.06.
MeasureTable.Print(("Network", mlContext.EvaluateSequences(model.Transform(test), nameof(SpokenWord.Spoken)), time));

Screen.Heading("Model and picture");
model.History.SavePlot(command.Write("training.png"));
string modelFile = command.Write("words.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);

Screen.Heading("Words that no dictionary has, spoken by the saved model");
using var engine = mlContext.Model.CreatePredictionEngine<Word, SpokenWord>(new MLContext().Model.Load(modelFile, out _));
string[] words = ["embeddings", "tokenizer", "kubernetes", "brillig", "phlogiston", "quixtober", "snowthrower", "wobblesworth", "cheeze", "knighthawk"];
SequenceReport.Print(words.Select(word => (word, Found: engine.Predict(new Word { Spelling = word })))
    .Select(pair => (pair.word, pair.Found.LogProbability, pair.Found.Alternatives)));

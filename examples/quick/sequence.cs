#:project ../../src/MLNet.Embeddings/MLNet.Embeddings.csproj
#:property PublishAot=false
// An encoder-decoder that reads numbers in words and writes them in digits, letter by letter.
using Microsoft.ML;
using MLNet.Embeddings;

string[] ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
string[] tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
var numbers = (from hundred in Enumerable.Range(1, 9)
               from ten in Enumerable.Range(2, 8)
               from one in Enumerable.Range(1, 9)
               select new Number($"{ones[hundred - 1]} hundred {tens[ten - 2]} {ones[one - 1]}", $"{100 * hundred + 10 * ten + one}")).ToArray();

var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.TrainTestSplit(mlContext.Data.LoadFromEnumerable(numbers), testFraction: 0.2);
var model = mlContext.Transforms.Text.SequenceToSequence("Output", "Words", "Digits", new SequenceToSequenceOptions
{
    SourceTokens = new() { Split = TokenSplit.Word },
    TargetTokens = new() { Split = TokenSplit.Character },
    Units = 32,
    MaxEpochs = 40,
}).Fit(data.TrainSet);

var metrics = mlContext.EvaluateSequences(model.Transform(data.TestSet), "Output");
Console.WriteLine($"{metrics.ExactMatch:P0} of the numbers that it was not trained on are right");
Console.WriteLine(model.Predict(new Dictionary<string, object?> { ["Words"] = "seven hundred forty two" })["Output"]);

internal sealed record Number(string Words, string Digits);

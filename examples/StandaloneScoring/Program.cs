using MLNet.Embeddings;

// Scores rows of JSON, a line each, by a model that mlContext.Model.Save wrote: without ML.NET, as one native file.
if (args is not [var path])
{
    Console.Error.WriteLine("Give the path of a model file. Rows come from standard input, a JSON object a line; their scores go to standard output.");
    return 2;
}
try
{
    var model = EmbeddingModel.Load(path);
    using var rows = new StreamReader(Console.OpenStandardInput());
    using var scores = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
    while (rows.ReadLine() is { } row) scores.WriteLine(model.PredictJson(row));
    return 0;
}
catch (Exception error) when (error is IOException or FormatException or NotSupportedException or ArgumentException or System.Text.Json.JsonException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

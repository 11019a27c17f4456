using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints what a model was trained with: what the data chose, where nothing was set.</summary>
public static class SettingsReport
{
    public static void Print(MultiEmbeddingOptions settings)
    {
        var table = Screen.Table("Column", "Read as");
        foreach (var column in settings.Columns) table.AddRow(column.Name, column.GetType().Name.Replace("Column", "").ToLowerInvariant());
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"Networks: {settings.Members}, hidden units: {string.Join(" and ", settings.HiddenUnits)}, wide part: {(settings.Wide == true ? "yes" : "no")}, " +
            $"epochs: {settings.MaxEpochs}, rows per step: {settings.BatchSize}, learning rate: {settings.LearningRate}, " +
            $"dropout: {settings.Regularization.Dropout}.");
    }
}

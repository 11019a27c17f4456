using Microsoft.ML;
using Microsoft.ML.Data;

namespace TopicClassification;

/// <summary>The names of the classes, as the score column has them.</summary>
internal static class ScoreNames
{
    internal static string[] Of(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }
}

using Microsoft.ML.Data;

namespace TopicClassification;

/// <summary>An issue of a software project. Texts may be missing (null or empty).</summary>
/// <remarks>The numbers are the columns of the GitHub issues' files.</remarks>
public sealed class Issue
{
    /// <summary>What is to be predicted: the part of the software that the issue is about.</summary>
    [LoadColumn(1)]
    public string? Area { get; set; }

    [LoadColumn(2)]
    public string? Title { get; set; }

    [LoadColumn(3)]
    public string? Description { get; set; }
}

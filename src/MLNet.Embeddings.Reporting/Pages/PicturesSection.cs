namespace MLNet.Embeddings;

/// <summary>Where the model is right and where it is wrong, as pictures.</summary>
internal static class PicturesSection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject) => subject.Names.Task switch
    {
        ReportTask.Set => Section.None("There are no such pictures of sets of labels; see the metrics and the worst errors."),
        ReportTask.Sequence => Section.None("There are no such pictures of sequences; see the metrics."),
        _ => Section.None("To come."),
    };
}

namespace MLNet.Embeddings;

/// <summary>One of many classes; an output each, whose softmax are the probabilities.</summary>
/// <param name="Name">Name of the label column.</param>
/// <param name="ClassCount">Number of classes; class i has key i + 1.</param>
/// <param name="Classes">The values of the classes' keys; null if the label's keys have none.</param>
internal sealed record MulticlassLabelShape(string Name, int ClassCount, ClassValues? Classes) : LabelShape(Name)
{
    /// <summary>More classes than this are a damaged file, or a label that is no class.</summary>
    internal const int MostClasses = 1 << 20;

    internal override int Outputs => ClassCount;

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        if (ClassCount is < 1 or > MostClasses) yield return $"The number of classes of label '{Name}' must be from 1 to {MostClasses}; the file says {ClassCount}.";
        if (Classes is null) yield break;
        if (Classes.Texts.Count != ClassCount) yield return $"Label '{Name}' has {ClassCount} classes and {Classes.Texts.Count} values for them.";
        foreach (string fault in Classes.Faults()) yield return $"{fault} It is for label '{Name}'.";
    }
}

namespace MLNet.Embeddings;

/// <summary>One of two classes; the single output is the logit of the positive one.</summary>
internal sealed record BinaryLabelShape(string Name) : LabelShape(Name)
{
    internal override int Outputs => 1;
}

namespace MLNet.Embeddings;

/// <summary>Gives out the places of a network's dense parameters. The block they lie in is made when it is first asked for; no place is given out after that.</summary>
internal sealed class ParameterLayout
{
    private int _matrices, _others;
    private ParameterBlock? _block;

    /// <summary>The parameters, zeros at first.</summary>
    internal ParameterBlock Block => _block ??= new ParameterBlock(_matrices, _others);

    /// <summary>A place for values that weight decay is for.</summary>
    internal ParameterPlace Matrix(int length) => Take(ref _matrices, length, isMatrix: true);

    /// <summary>A place for values that do not decay, such as a bias.</summary>
    internal ParameterPlace Bias(int length) => Take(ref _others, length, isMatrix: false);

    private ParameterPlace Take(ref int taken, int length, bool isMatrix)
    {
        if (_block is not null) throw new System.Diagnostics.UnreachableException("The block was made before all places were given out.");
        int start = taken;
        taken = checked(taken + length);
        return new ParameterPlace(this, start, length, isMatrix);
    }
}

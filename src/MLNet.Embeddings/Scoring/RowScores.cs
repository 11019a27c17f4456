using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The network's outputs for the row that a cursor stands on, computed once for all columns that are made of them.</summary>
/// <remarks>By ML.NET's contract a row's position changes whenever its contents do, those of a prediction engine's row as well.</remarks>
internal sealed class RowScores(DataViewRow row, VectorGetter network, int count) : IScores
{
    private readonly float[] _values = new float[count];
    private long _position = -1;

    public ReadOnlySpan<float> Current
    {
        get
        {
            if (row.Position < 0 || row.Position != _position)
            {
                network(_values);
                _position = row.Position;
            }
            return _values;
        }
    }
}

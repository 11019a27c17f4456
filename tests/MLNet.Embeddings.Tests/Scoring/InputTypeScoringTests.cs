using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Inputs of every type that a column may have, dense and sparse.</summary>
[TestClass]
public sealed class InputTypeScoringTests
{
    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Score_KeysOfEveryRawType_DenseAndSparse_IsTheSame(SequenceEncoder encoder)
    {
        float[] scores =
        [
            .. KeyScores<byte>(encoder, [1, 5, 2]), .. KeyScores<ushort>(encoder, [1, 5, 2]), .. KeyScores<uint>(encoder, [1, 5, 2]),
            .. KeyScores<ulong>(encoder, [1, 5, 2]),
        ];

        Assert.HasCount(8, scores);
        Assert.HasCount(1, scores.Distinct());
    }

    [TestMethod]
    public void Score_NumbersOfEveryType_DenseAndSparse_IsTheSame()
    {
        float[] scores =
        [
            .. NumberScores<float>(1), .. NumberScores<double>(1), .. NumberScores<sbyte>(1), .. NumberScores<short>(1), .. NumberScores<int>(1),
            .. NumberScores<long>(1), .. NumberScores<byte>(1), .. NumberScores<ushort>(1), .. NumberScores<uint>(1), .. NumberScores<ulong>(1),
            .. NumberScores<bool>(true),
        ];

        Assert.HasCount(22, scores);
        Assert.HasCount(1, scores.Distinct());
    }

    private static IEnumerable<SequenceEncoder[]> Encoders => [.. TorchCases.Encoders.Select(encoder => new[] { encoder })];

    private static float[] KeyScores<T>(SequenceEncoder encoder, T[] keys)
    {
        var view = View(new KeyRow<T> { Keys = keys, Sparse = new VBuffer<T>(20, 3, keys, [4, 7, 19]) });
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 5, Dimensions: 3, encoder);
        return DenseAndSparse(view, nameof(KeyRow<>.Sparse), shape);
    }

    private static float[] NumberScores<T>(T one)
    {
        var view = View(new NumberRow<T> { Numbers = [default!, one, default!], Sparse = new VBuffer<T>(3, 1, [one], [1]) });
        var shape = new NumberShape(nameof(NumberRow<>.Numbers), Size: 3, MissingIndicator: true);
        return DenseAndSparse(view, nameof(NumberRow<>.Sparse), shape);
    }

    private static float[] DenseAndSparse(IDataView view, string sparse, ColumnShape shape)
    {
        var network = Networks.Random(3, [4], shape);
        var renamed = new MLContext(1).Transforms.CopyColumns(shape.Name, sparse).Fit(view).Transform(view);
        return [.. Networks.Score(network, view), .. Networks.Score(network, renamed)];
    }

    private static IDataView View<TRow>(TRow row) where TRow : class => new MLContext(1).Data.LoadFromEnumerable([row]);
}

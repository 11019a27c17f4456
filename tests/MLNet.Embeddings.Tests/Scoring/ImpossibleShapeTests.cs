namespace MLNet.Embeddings.Tests;

/// <summary>Model files whose checksums are right and whose networks cannot be.</summary>
[TestClass]
public sealed class ImpossibleShapeTests
{
    [TestMethod]
    [DynamicData(nameof(Hostile))]
    public void Read_FormThatCannotBe_SaysWhy(string fault, object shape) => ModelFileTests.Refused(
        ModelFileTests.Written(Networks.OfEveryKind() with { Shape = (NetworkShape)shape }),
        $"The model file is damaged: entry 'shape.json' cannot be used. {fault}{ModelFileTests.Cure}");

    private static IEnumerable<object[]> Hostile
    {
        get
        {
            NetworkShape Of(params ColumnShape[] columns) => new(columns, new HeadShape([]), Networks.Labels);
            var number = new NumberShape("A", Size: 1, MissingIndicator: false);
            yield return ["It names no column, or one that is nothing.", Of()];
            yield return ["It names no column, or one that is nothing.", Of(number, null!)];
            yield return ["A column has no name.", Of(number with { Name = "" })];
            yield return ["Two of its columns have the same name.", Of(number, number)];
            NumberShape Encoded(NumberEncoder encoder, params int[] knots) => new("A", Size: 2, MissingIndicator: false, encoder, knots);
            yield return ["The bins of the number encoder of column 'A' must be from 1 to 1024; they were 0.",
                Of(Encoded(NumberEncoder.PiecewiseLinear(0), 1, 1))];
            yield return ["The binning of the number encoder of column 'A' must be Quantiles or Label; it was 7.",
                Of(Encoded(NumberEncoder.PiecewiseLinear(binning: (NumberBinning)7), 1, 1))];
            yield return ["The deviation of the frequencies of column 'A' must be finite and above 0; it was -1.",
                Of(Encoded(NumberEncoder.Periodic(1, 1, -1), 1, 1))];
            yield return ["The scale of column 'A' must have knots for 2 numbers; the file says 3.", Of(Encoded(NumberEncoder.Quantile(), 1, 1, 1))];
            yield return ["The scale of column 'A' must have knots for 0 numbers; the file says 2.", Of(Encoded(NumberEncoder.Standard(), 1, 1))];
            yield return ["The number of knots of column 'A' must be from 1 to 1025; the file says 0.", Of(Encoded(NumberEncoder.Quantile(), 1, 0))];
            yield return ["The number of knots of column 'A' must be from 1 to 1025; the file says 2147483647.",
                Of(Encoded(NumberEncoder.Quantile(), int.MaxValue, 1))];
            yield return ["The vectors of column 'A' would have 4096000000 values; that is too many.",
                Of(Encoded(NumberEncoder.Periodic(4096), new int[1_000_000].Select(_ => 1).ToArray()) with { Size = 1_000_000 })];
            yield return ["The size of column 'A' must be from 1 to 16777216; the file says 0.", Of(number with { Size = 0 })];
            yield return ["The columns that share the table 'T' differ in key count or dimensions.",
                Of(new CategoryShape("A", 3, 4) { SharedTable = "T" }, new BagShape("B", 3, 5, BagPooling.Sum) { SharedTable = "T" })];
            yield return ["The size of column 'A' must be from 1 to 16777216; the file says 2147483647.", Of(number with { Size = int.MaxValue })];
            yield return ["The key count of column 'A' must be from 1 to 2147483646; the file says -2.", Of(new CategoryShape("A", -2, 3))];
            yield return ["The key count of column 'A' must be from 1 to 2147483646; the file says 2147483647.", Of(new CategoryShape("A", int.MaxValue, 3))];
            yield return ["The dimensions of column 'A' must be from 1 to 4096; the file says -1.", Of(new SequenceShape("A", 3, -1, SequenceEncoder.Mean()))];
            yield return ["The units of the GRU of column 'A' must be from 1 to 4096; they were 0.", Of(new SequenceShape("A", 3, 3, SequenceEncoder.Gru(0)))];
            yield return ["The layers of the GRU of column 'A' must be from 1 to 16; they were 17.",
                Of(new SequenceShape("A", 3, 3, SequenceEncoder.Gru(2, layers: 17)))];
            yield return ["The dropout of the GRU of column 'A' must be from 0 to below 1; it was NaN.",
                Of(new SequenceShape("A", 3, 3, SequenceEncoder.Gru(2, dropout: double.NaN)))];
            yield return ["The readout of the GRU of column 'A' must be Last, Mean, Max or Attention; it was 9.",
                Of(new SequenceShape("A", 3, 3, SequenceEncoder.Gru(2, readout: (GruReadout)9)))];
            yield return ["The units of the LSTM of column 'A' must be from 1 to 4096; they were 4097.",
                Of(new SequenceShape("A", 3, 3, SequenceEncoder.Lstm(4097)))];
            yield return ["The convolution of column 'A' must have from 1 to 8 widths; it had 0.",
                Of(new SequenceShape("A", 3, 3, SequenceEncoder.Convolution([])))];
            yield return ["The pooling of column 'A' must be Mean or Sum; the file says 7.", Of(new BagShape("A", 3, 3, (BagPooling)7))];
            yield return ["The dimensions of column 'A' must be from 1 to 4096; the file says 0.", Of(new BagShape("A", 3, 0, BagPooling.Sum))];
            yield return ["The pooling of column 'A' must be Mean, Sum, Max or Attention; it was 9.",
                Of(new SequenceShape("A", 3, 3, new PoolingEncoder((SequencePooling)9)))];
            yield return ["A hidden layer has -5 units.", Of(number) with { Head = new HeadShape([8, -5]) }];
            yield return ["The combination must be Concatenate, Add or Multiply; the file says 9.",
                Of(number) with { Head = new HeadShape([], (ColumnCombination)9) }];
            yield return ["The activation must be Relu, Silu, Tanh or Sigmoid; the file says 9.",
                Of(number) with { Head = new HeadShape([], Activation: (ActivationFunction)9) }];
            yield return ["The normalisation must be None, Layer or Batch; the file says 9.",
                Of(number) with { Head = new HeadShape([], Normalization: (Normalization)9) }];
            yield return ["The ensemble must have from 1 to 1024 members; the file says 0.", Of(number) with { Head = new HeadShape([], EnsembleSize: 0) }];
            NetworkShape For(params LabelShape[] labels) => Of(number) with { Labels = labels };
            MulticlassLabelShape Classes(int count, ClassKind kind, params string[] texts) => new("L", count, new ClassValues(kind, texts));
            yield return ["It names no label, or one that is nothing.", For()];
            yield return ["It names no label, or one that is nothing.", For([null!])];
            yield return ["A label has no name.", For(new BinaryLabelShape(""))];
            yield return ["Two of its labels have the same name.", For(new BinaryLabelShape("L"), new BinaryLabelShape("L"))];
            yield return ["It has several labels, and score columns for one.", For(new BinaryLabelShape("L"), new BinaryLabelShape("M"))];
            yield return ["The number of classes of label 'L' must be from 1 to 1048576; the file says 0.", For(new MulticlassLabelShape("L", 0, null))];
            yield return ["Label 'L' has 3 classes and 2 values for them.", For(Classes(3, ClassKind.String, "a", "b"))];
            yield return ["The text 'x' is no class of type Int32. It is for label 'L'.", For(Classes(2, ClassKind.Int32, "1", "x"))];
            yield return ["The text '' is no class of type Single. It is for label 'L'.", For(Classes(2, ClassKind.Single, "1.5", null!))];
            yield return ["The type 99 of the classes' values is not known. It is for label 'L'.", For(Classes(1, (ClassKind)99, "1"))];
            yield return ["The mean of label 'L' must be within the range of Single; the file says NaN.", For(new RegressionLabelShape("L", float.NaN, 1))];
            yield return ["The deviation of label 'L' must be finite and above 0; the file says 0.", For(new RegressionLabelShape("L", 0, 0))];
        }
    }
}

using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Networks of arrays that are larger than an array can be.</summary>
[TestClass]
public sealed class ArraySizeTests
{
    [TestMethod]
    [DataRow(2_147_483_590, 1, false)]
    [DataRow(2_147_483_591, 1, true)]
    [DataRow(int.MaxValue - 1, 1, true)]
    [DataRow(33_554_430, 64, false)]
    [DataRow(33_554_431, 64, true)]
    [DataRow(int.MaxValue - 1, 4096, true)]
    public void RequireSizes_Table_IsRefusedAboveWhatAnArrayHolds(int keys, int dimensions, bool refused)
    {
        var shape = Shape(new CategoryShape("Number", 3, 2), new SequenceShape("Text", keys, dimensions, SequenceEncoder.Mean()));

        if (!refused) shape.RequireSizes();
        else
        {
            Assert.AreEqual(
                $"The table of column 'Text' would have {keys} keys of {dimensions} dimensions; {2_147_483_591 / dimensions - 1} keys are the most for so " +
                "many dimensions. " +
                "Index the column with fewer keys (MaxTerms; HashBuckets or fewer bits where values are hashed), or give it fewer Dimensions.",
                Assert.ThrowsExactly<InvalidOperationException>(shape.RequireSizes).Message);
        }
    }

    [TestMethod]
    public void RequireSizes_OutputLayer_IsRefusedAboveWhatAnArrayHolds()
    {
        var shape = Shape(new CategoryShape("Number", 3, 2)) with { Head = new HeadShape([4096]), Labels = [new MulticlassLabelShape("Label", 1 << 20, null)] };

        Assert.AreEqual(
            "The array 'head.1.weight' of the network would be 1048576 × 4096; at most 2147483591 numbers can be in one. Give the network fewer hidden " +
            "units, or a label of fewer classes.",
            Assert.ThrowsExactly<InvalidOperationException>(shape.RequireSizes).Message);
    }

    [TestMethod]
    public void RequireSizes_LayersTogether_AreRefusedAboveWhatAnArrayHolds()
    {
        var shape = Shape(new CategoryShape("Number", 3, 2)) with { Head = new HeadShape([40_000, 40_000, 40_000]) };

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(shape.RequireSizes).Message,
            "; at most 2147483591 can be trained. Give the network fewer hidden units, or a label of fewer classes.");
    }

    [TestMethod]
    public void RequireSize_WidePart_IsRefusedAboveWhatAnArrayHolds()
    {
        var shape = new WideShape([new WideCategory("City", 3_000_000)], Outputs: 1_000);

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(shape.RequireSize).Message,
            "The wide part would have 3000002000 weights; at most 2147483591 can be trained.");
    }

    [TestMethod]
    public void Scores_OfMoreRowsTimesClassesThanAnArrayHolds_AreRefused() => StringAssert.StartsWith(
        Assert.ThrowsExactly<InvalidOperationException>(() => HeldOut.Scores(1_000_000, 10_000)).Message,
        $"There would be {10_000_000_000L:N0} scores of held-out rows, ");

    [TestMethod]
    [DataRow(int.MaxValue - 1, 7, "The table of column 'source' would have 2147483646 keys of 4 dimensions")]
    [DataRow(9, int.MaxValue - 1, "The table of column 'target' would have 2147483646 keys of 3 dimensions")]
    [DataRow(9, 500_000_000, "The array 'output.weight' of the network would be 500000001 × 5;")]
    public void RequireSizes_EncoderDecoder_IsRefusedAboveWhatAnArrayHolds(int sources, int targets, string message)
    {
        var shape = EncoderDecoders.Shape(targets: targets);
        shape = shape with { Source = shape.Source with { KeyCount = sources } };

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(shape.RequireSizes).Message, message);
    }

    [TestMethod]
    [DataRow(26)]
    [DataRow(30)]
    public void Fit_HashedIntoTooManyKeys_IsRefusedBeforeTraining(int bits)
    {
        var context = new MLContext(1);
        var view = context.Transforms.Conversion.Hash("Key", "City", bits).Fit(CityRow.View(CityRow.Random(50))).Transform(CityRow.View(CityRow.Random(50)));
        var options = Trainers.Options with { Columns = [InputColumn.Category("Key", 64)], LabelColumnName = "Label" };

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Of(options).Fit(view)).Message;

        StringAssert.StartsWith(
            message, $"The table of column 'Key' would have {1 << bits} keys of 64 dimensions; 33554430 keys are the most for so many dimensions. ");
    }

    [TestMethod]
    public void Fit_HashedInto31Bits_IsRefusedByItsType()
    {
        var context = new MLContext(1);
        var view = context.Transforms.Conversion.Hash("Key", "City", 31).Fit(CityRow.View(CityRow.Random(50))).Transform(CityRow.View(CityRow.Random(50)));
        var options = Trainers.Options with { Columns = [InputColumn.Category("Key", 1)] };

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.Of(options).Fit(view)).Message,
            "Schema mismatch for key column 'Key': expected at most 2147483646 values, got 2147483648. Index the column with fewer values: MaxTerms of " +
            "IndexTokens and IndexCategories; HashBuckets or fewer bits where values are hashed.");
    }

    private static NetworkShape Shape(params ColumnShape[] columns) => new(columns, new HeadShape([]), Networks.Labels);
}

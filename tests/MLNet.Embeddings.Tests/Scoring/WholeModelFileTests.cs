using System.Text;

namespace MLNet.Embeddings.Tests;

/// <summary>Files of models of several networks, a wide part and steps of their own (format 2): damaged and hostile ones.</summary>
[TestClass]
public sealed class WholeModelFileTests
{
    private const string WideEntry = "wide.weights.safetensors", Shape = ShapeDocument.EntryName;

    private static readonly MultiEmbeddingTransformer Model = RawRow.Trainer(RawRow.Options).Fit(RawRow.View(RawRow.Random(50, seed: 1)));

    private static TrainedWide Wide => Model.Model.Wide!;

    [TestMethod]
    public void Write_WholeModelWithNumbers_IsOfFormat3() => StringAssert.Contains(Encoding.UTF8.GetString(Entries().Bytes[Shape]), "\"format\": 3");

    [TestMethod]
    public void Write_OneDescribedNetworkOfKeys_IsOfTheFormatThatEarlierVersionsRead()
    {
        var entries = new MemoryEntries();
        var options = Trainers.Options with { MaxEpochs = 1, Columns = [.. Trainers.Options.Columns.OfType<EmbeddingColumn>()] };
        entries.Write(Trainers.Fit(options, TrainingRow.Random(30, seed: 1)).Write);

        StringAssert.Contains(Encoding.UTF8.GetString(entries.Bytes[Shape]), "\"format\": 1");
    }

    [TestMethod]
    [DataRow(WideEntry)]
    [DataRow("1.weights.safetensors")]
    public void Read_EntryMissing_NamesIt(string name)
    {
        var entries = Entries();
        Assert.IsTrue(entries.Bytes.Remove(name));

        Refused(entries, name, "It is missing.");
    }

    [TestMethod]
    public void Read_StepMissing_SaysSo()
    {
        var entries = Entries();
        foreach (string name in entries.Bytes.Keys.Where(name => name.StartsWith("steps.1.", StringComparison.Ordinal)).ToArray()) entries.Bytes.Remove(name);

        Refused(entries, Shape, "It is missing.");
    }

    [TestMethod]
    [DataRow(WideEntry)]
    [DataRow("1.weights.safetensors")]
    public void Read_EntryAltered_NamesIt(string name)
    {
        var entries = Entries();
        entries.Bytes[name][^3] ^= 1;

        Refused(entries, name, "Its checksum is not the one written with the model.");
    }

    [TestMethod]
    public void Read_WideArrayOfOtherExtents_NamesIt()
    {
        string name = Wide.Shape.Columns[^1].Weights;
        int features = Wide.Shape.Columns[^1].FeatureCount;

        Refused(Written(With(name, WeightArray.Matrix(features - 1, 1, new float[features - 1]))), WideEntry,
            $"The array '{name}' is {features - 1} × 1; the network's form asks for {features} × 1.");
        Refused(Written(Wide with { Weights = Wide.Weights.Where(array => array.Key != WideShape.Bias).ToDictionary() }), WideEntry,
            "The array 'wide.bias' is missing.");
        Refused(Written(With(WideShape.Bias, WeightArray.Vector([float.NaN]))), WideEntry, "The array 'wide.bias' holds infinite numbers or NaN.");
    }

    [TestMethod]
    public void Read_KnotsThatDoNotRise_NamesTheArray()
    {
        var numbers = Wide.Shape.Columns.OfType<WideNumbers>().First(column => column.KnotCounts[0] > 1);
        float[] knots = [.. Wide.Weights[numbers.Knots].Values];
        knots[1] = knots[0];

        Refused(Written(With(numbers.Knots, WeightArray.Vector(knots))), WideEntry,
            $"The array '{numbers.Knots}' holds knots that do not strictly increase.");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(65)]
    [DataRow(int.MaxValue)]
    public void Read_NumberOfNetworksThatCannotBe_Throws(int members) =>
        Refused(Written(saved => saved with { Members = members }), $"It has {members} networks.");

    [TestMethod]
    public void Read_MoreNetworksThanThereAre_Throws() =>
        Refused(Written(saved => saved with { Members = 3 }), "2.weights.safetensors", "The shape holds no checksum of it.");

    [TestMethod]
    public void Read_NumberOfStepsThatCannotBe_Throws()
    {
        Refused(Written(saved => saved with { Steps = -1 }), "It has -1 steps.");
        Refused(Written(saved => saved with { Steps = int.MaxValue }), "It is missing.");
    }

    [TestMethod]
    public void Read_LabelThatIsNothing_SaysSo() => Refused(
        Written(saved => saved with { Network = saved.Network with { Labels = [null!] } }), "It names no label, or one that is nothing.");

    [TestMethod]
    public void Read_WidePartThatCannotBe_SaysWhy()
    {
        Refused(Of([]), "Its wide part names no column, or one that is nothing.");
        Refused(Of([new WideTerms("T", int.MaxValue)]), $"Column 'T' of the wide part has {int.MinValue} features.");
        Refused(Of([new WideCategory("C", -1)]), "Column 'C' of the wide part has 0 features.");
        Refused(Of([new WideCategory("C", 1), new WideTerms("C", 1)]), "Two columns of its wide part have the same name.");
        foreach (int[] counts in new[] { new[] { 0 }, [2, 100_000], [int.MaxValue, int.MaxValue] })
            Refused(Of([new WideNumbers("N", counts, false)]), "A number of column 'N' of the wide part has no knot, or more than there can be.");
        Refused(Written(saved => saved with { Wide = saved.Wide! with { Outputs = 2 } }), "Its wide part has 2 outputs and its networks 1.");
        Refused(Written(saved => saved with { Mixture = [] }), "It has 0 mixture weights for 1 labels.");

        static MemoryEntries Of(WideColumn[] columns) => Written(saved => saved with { Wide = new WideShape(columns, 1) });
    }

    [TestMethod]
    public void Read_ShapeWithAByteAltered_Throws()
    {
        byte[] shape = Entries().Bytes[Shape];
        for (int i = 0; i < shape.Length; i += 97)
        {
            var entries = Entries();
            entries.Bytes[Shape][i] ^= 4;
            try
            {
                Assert.HasCount(2, MultiEmbeddingTransformer.Read(entries.Open()).Model.Networks, $"{i}");
            }
            catch (FormatException)
            {
                // As it should be; white space and the like may be another and mean the same.
            }
        }
    }

    private static MemoryEntries Entries()
    {
        var entries = new MemoryEntries();
        entries.Write(Model.Write);
        return entries;
    }

    private static TrainedWide With(string name, WeightArray array) =>
        Wide with { Weights = new Dictionary<string, WeightArray>(Wide.Weights) { [name] = array } };

    /// <summary>Entries of right checksums with another wide part.</summary>
    private static MemoryEntries Written(TrainedWide wide)
    {
        var entries = new MemoryEntries();
        entries.Write(new MultiEmbeddingTransformer(Model.Steps, Model.Model with { Wide = wide }, Networks.History).Write);
        return entries;
    }

    /// <summary>Entries of right checksums with another shape.</summary>
    private static MemoryEntries Written(Func<SavedNetwork, SavedNetwork> change)
    {
        var saved = new SavedNetwork(Model.Model.Shape, Networks.History)
        {
            Steps = Model.Steps.Count,
            Members = 2,
            Wide = Wide.Shape,
            Mixture = Model.Model.Mixture,
        };
        var entries = new MemoryEntries();
        entries.Write(writer =>
        {
            ModelEntries.Write(writer, Model.Model, Model.Steps.Fitted(), Networks.History);
            writer.WriteShape(MultiEmbeddingTransformer.Kind, change(saved), NetworkJson.Default.SavedNetwork, format: 2);
        });
        return entries;
    }

    private static void Refused(MemoryEntries entries, string cause) => Refused(entries, Shape, cause);

    private static void Refused(MemoryEntries entries, string entry, string cause) =>
        ModelFileTests.Refused(entries, $"The model file is damaged: entry '{entry}' cannot be used. {cause}{ModelFileTests.Cure}");
}

using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class CategoryReaderTests
{
    [TestMethod]
    public void Terms_EveryNumberType_AreTheSame()
    {
        Assert.AreEqual("8 100 0", Terms<sbyte>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<byte>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<short>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<ushort>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<int>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<uint>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<long>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms<ulong>(8, 100, 0));
        Assert.AreEqual("8 100 0", Terms(8f, 100f, -0f));
        Assert.AreEqual("8 100 0", Terms(8.0, 100.0, -0.0));
    }

    [TestMethod]
    public void Terms_Floats_AreShortestInvariantTexts()
    {
        Assert.AreEqual("0.1 -2.5 NONE 16777216 123456792 Infinity", Terms(0.1f, -2.5f, float.NaN, 16777216f, 123456789f, float.PositiveInfinity));
        Assert.AreEqual("0.1 4503599627370497 -1000000000000000000 -Infinity 1E-300", Terms(0.1, 4503599627370497, -1e18, double.NegativeInfinity, 1e-300));
        Assert.AreEqual("-1.7976931348623157E+308 5E-324", Terms(double.MinValue, double.Epsilon));
        Assert.AreEqual("-9223372036854775808 18446744073709551615", $"{Terms(long.MinValue)} {Terms(ulong.MaxValue)}");
    }

    [TestMethod]
    public void Terms_Booleans_AreTrueAndFalse() => Assert.AreEqual("True False", TermsOf([new { Value = true }, new { Value = false }]));

    [TestMethod]
    public void Terms_KeysOfTexts_AreTheTexts()
    {
        var data = TextRow.View("b", "a", "", "b");
        var keys = new MLContext().Transforms.Conversion.MapValueToKey("Value", "Text").Fit(data).Transform(data);

        Assert.AreEqual("b a NONE b", TermsOf(keys));
    }

    [TestMethod]
    public void Terms_KeysOfNumbers_AreTheNumbers()
    {
        var data = new MLContext().Data.LoadFromEnumerable([new { Number = 8f }, new { Number = 0.5f }, new { Number = float.NaN }, new { Number = 8f }]);
        var keys = new MLContext().Transforms.Conversion.MapValueToKey("Value", "Number").Fit(data).Transform(data);

        Assert.AreEqual("8 0.5 NONE 8", TermsOf(keys));
    }

    [TestMethod]
    public void Terms_KeysWithoutValues_AreTheirNumbers()
    {
        var data = new MLContext().Data.LoadFromEnumerable(
        [
            new KeyVectors { Byte = [1, 0, 5], Short = [2, 0, 5], Int = [3, 0, 5], Long = [4, 0, 5] },
            new KeyVectors { Byte = [5, 1], Short = [5, 2], Int = [5, 3], Long = [5, 4] },
        ]);

        Assert.AreEqual("[1 NONE 5] [5 1]", TermsOf(data, nameof(KeyVectors.Byte)));
        Assert.AreEqual("[2 NONE 5] [5 2]", TermsOf(data, nameof(KeyVectors.Short)));
        Assert.AreEqual("[3 NONE 5] [5 3]", TermsOf(data, nameof(KeyVectors.Int)));
        Assert.AreEqual("[4 NONE 5] [5 4]", TermsOf(data, nameof(KeyVectors.Long)));
    }

    [TestMethod]
    public void Terms_VectorOfKeys_AreTheirTexts()
    {
        var data = new MLContext().Data.LoadFromEnumerable([new { Texts = new[] { "b", "", "a" } }, new { Texts = new[] { "a" } }]);
        var keys = new MLContext().Transforms.Conversion.MapValueToKey("Value", "Texts").Fit(data).Transform(data);

        Assert.AreEqual("[b NONE a] [a]", TermsOf(keys));
    }

    [TestMethod]
    public void Terms_SparseVectors_CountWhatIsLeftOut()
    {
        Assert.AreEqual("[0 7 0 0] [0 0 0 0]", TermsOf([new Sparse<float>(4, 1, 7), new Sparse<float>(4)]));
        Assert.AreEqual("[False True]", TermsOf([new Sparse<bool>(2, 1, true)]));
        Assert.AreEqual("[NONE NONE a]", TermsOf([new Sparse<ReadOnlyMemory<char>>(3, 2, "a".AsMemory())]));
    }

    [TestMethod]
    public void CreateCounter_SparseVectors_CountsWhatIsLeftOut()
    {
        var data = new MLContext().Data.LoadFromEnumerable([new Sparse<int>(4, 1, 7), new Sparse<int>(4, 0, 5), new Sparse<int>(4, 0, 5)]);

        var options = new CategoryIndexingOptions { MaxTerms = 2 };

        Assert.AreEqual("[UNK] 0 5", string.Join(' ', new MLContext().Transforms.Categorical.IndexCategories("Keys", "Value", options).Fit(data).Terms));
    }

    [TestMethod]
    public void Of_TypeWithoutTerms_SaysWhatToDo()
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable([new { Time = DateTime.MinValue }]);
        var keys = context.Transforms.Conversion.MapValueToKey("Key", "Time").Fit(data).Transform(data);

        Assert.AreEqual(
            "Schema mismatch for category column 'Time': expected Text, Boolean, a number type or a key of such, or a vector, got DateTime. " +
            "Convert it with mlContext.Transforms.Conversion.ConvertType(\"Time\", outputKind: DataKind.String) before this step. (Parameter 'inputSchema')",
            Error(data, "Time"));
        StringAssert.Contains(Error(keys, "Key"),
            ", got Key<UInt32, 0-0> with key values of DateTime. Make values of its keys with mlContext.Transforms.Conversion.MapKeyToValue(\"Key\"), and " +
            "convert these with mlContext.Transforms.Conversion.ConvertType(\"Key\", outputKind: DataKind.String) before this step.");
        var cure = context.Transforms.Conversion.MapKeyToValue("Key").Append(context.Transforms.Conversion.ConvertType("Key", outputKind: DataKind.String));
        Assert.IsNotNull(cure.Append(context.Transforms.Categorical.IndexCategories("Key")).Fit(keys));
        Assert.AreEqual(
            "Could not find category column 'Absent'. The input has: 'Time'. Correct the name, or add the step that makes the column before this one. " +
            "(Parameter 'inputSchema')", Error(data, "Absent"));

        string Error(IDataView view, string column) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => context.Transforms.Categorical.IndexCategories("Keys", column).Fit(view)).Message;
    }

    [TestMethod]
    public void CreateGetter_KeyBeyondItsValues_NamesTheColumn()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add<VBuffer<ReadOnlyMemory<char>>>("KeyValues", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> values) => values = new(2, ["a".AsMemory(), "b".AsMemory()]));
        var row = new MemoryRow("Value", new KeyDataViewType(typeof(uint), 2), builder.ToAnnotations(), 3u);

        var getter = (ValueGetter<uint>)CategoryReader.Of(row.Schema[0], TextRules.Current).CreateGetter(row, [new Vocabulary(["?", "a", "b"])]);

        uint key = 0;
        Assert.AreEqual(
            "Column 'Value' holds key 3, but its type has 2 values. Correct the step that makes the column.",
            Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref key)).Message);
    }

    private static string Terms<T>(params T[] values) where T : INumberBase<T> => TermsOf(Array.ConvertAll(values, value => new Number<T> { Value = value }));

    private static string TermsOf<TRow>(TRow[] rows) where TRow : class => TermsOf(new MLContext().Data.LoadFromEnumerable(rows));

    /// <summary>The terms of a column in the order of the rows; NONE for missing ones.</summary>
    private static string TermsOf(IDataView data, string column = "Value")
    {
        var transformer = new MLContext().Transforms.Categorical.IndexCategories("Keys", column).Fit(data);
        string Term(uint key) => key == 0 ? "NONE" : transformer.Terms[(int)key - 1];
        var view = transformer.Transform(data);
        return string.Join(' ', view.Schema["Keys"].Type is VectorDataViewType
            ? view.GetColumn<uint[]>("Keys").Select(keys => $"[{string.Join(' ', keys.Select(Term))}]")
            : view.GetColumn<uint>("Keys").Select(Term));
    }

    private sealed class Number<T>
    {
        public T Value { get; set; } = default!;
    }

    private sealed class KeyVectors
    {
        [KeyType(5)] public byte[] Byte { get; set; } = [];
        [KeyType(5)] public ushort[] Short { get; set; } = [];
        [KeyType(5)] public uint[] Int { get; set; } = [];
        [KeyType(5)] public ulong[] Long { get; set; } = [];
    }

    private sealed class Sparse<T>
    {
        public Sparse(int length) => Value = new VBuffer<T>(length, 0, [], []);

        public Sparse(int length, int index, T value) => Value = new VBuffer<T>(length, 1, [value], [index]);

        public VBuffer<T> Value { get; set; }
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class KeyColumnTests
{
    private const string Column = "Keys";

    [TestMethod]
    public void KeyType_Vocabulary_CountsUnknown()
    {
        var type = new Vocabulary(["[UNK]", "a"]).KeyType;

        Assert.AreEqual(typeof(uint), type.RawType);
        Assert.AreEqual(2ul, type.Count);
    }

    [TestMethod]
    public void KeyValues_OfVocabulary_AreItsTerms()
    {
        var values = KeyValues(new Vocabulary(["[UNK]", "a", "b"]));

        Assert.IsTrue(values.IsDense);
        Assert.AreEqual("[UNK] a b", string.Join(' ', values.DenseValues()));
    }

    [TestMethod]
    public void KeyValues_WithKeysSetAside_AreSparse()
    {
        var values = KeyValues(new Vocabulary(["[UNK]", "a", "b"], setAside: 3));

        CollectionAssert.AreEqual(new[] { 0, 4, 5 }, values.GetIndices().ToArray());
        Assert.AreEqual("[UNK]    a b", string.Join(' ', values.DenseValues()));
    }

    [TestMethod]
    public void KeyValues_ConsumerWritesToItsBuffer_LeavesTermsAsTheyAre()
    {
        var vocabulary = new Vocabulary(["[UNK]", "a", "b"]);
        var values = KeyValues(vocabulary);

        VBufferEditor.CreateFromBuffer(ref values).Values.Clear();

        Assert.AreEqual("[UNK] a b", string.Join(' ', KeyValues(vocabulary).DenseValues()));
    }

    [TestMethod]
    public void TextsOf_SparseKeyValues_FillsThem() =>
        CollectionAssert.AreEqual(new[] { "[UNK]", "", "", "a" }, KeyColumn.TextsOf(Delivered(new Vocabulary(["[UNK]", "a"], setAside: 2))));

    [TestMethod]
    public void Bind_ManyTerms_CopiesNone()
    {
        const int TermCount = 20_000;
        string[] terms = [.. Enumerable.Range(0, TermCount).Select(i => $"w{i}")];
        var context = new MLContext(1);
        IDataView data = TextRow.View("w1 w2"), other = TextRow.View("w3");
        var tokens = context.Transforms.Text.IndexTokens(Column, "Text", new() { Vocabulary = terms }).Fit(data);
        var categories = context.Transforms.Categorical.IndexCategories(Column, options: new() { Vocabulary = terms }).Fit(tokens.Transform(data));
        ITransformer chain = tokens.Append(categories);
        chain.GetOutputSchema(data.Schema);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var mapper = chain.GetRowToRowMapper(other.Schema);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsNotNull(mapper.OutputSchema.GetColumnOrNull(Column));
        Assert.IsLessThan(TermCount, allocated);
        CollectionAssert.AreEqual((uint[])[3, 4], chain.Transform(data).GetColumn<uint[]>(Column).Single());
    }

    [TestMethod]
    public void Bind_SameSchemaTwice_GivesSameSchema()
    {
        var data = TextRow.View("a b");
        var transformer = new MLContext(1).Transforms.Categorical.IndexCategories(Column, "Text").Fit(data);

        var mapper = transformer.GetRowToRowMapper(data.Schema);

        Assert.AreSame(mapper.OutputSchema, transformer.Transform(data).Schema);
        Assert.AreSame(mapper.OutputSchema, transformer.GetOutputSchema(data.Schema));
        Assert.AreNotSame(mapper.OutputSchema, transformer.GetOutputSchema(TextRow.View("a").Schema));
        GC.KeepAlive(mapper);
    }

    private static VBuffer<ReadOnlyMemory<char>> KeyValues(Vocabulary vocabulary)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        Delivered(vocabulary).GetKeyValues(ref values);
        return values;
    }

    private static DataViewSchema.Column Delivered(Vocabulary vocabulary)
    {
        var column = KeyColumn.Deliver(Column, vocabulary.KeyType, vocabulary, source: null);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema()[Column];
    }
}

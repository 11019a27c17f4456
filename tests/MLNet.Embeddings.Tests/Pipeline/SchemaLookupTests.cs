using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SchemaLookupTests
{
    [TestMethod]
    public void Find_NoSuchColumn_NamesTheColumnsThereAre()
    {
        var schema = new MemoryRow(("Title", TextDataViewType.Instance, ""), ("Age", NumberDataViewType.Single, 1f)).Schema;

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => schema.Find("sequence", "Titel"));

        Assert.AreEqual("inputSchema", error.ParamName);
        Assert.AreEqual(
            "Could not find sequence column 'Titel'. The input has: 'Title', 'Age'. Correct the name, or add the step that makes the column before this one. " +
            "(Parameter 'inputSchema')", error.Message);
    }

    [TestMethod]
    public void Find_TwoOfOneName_IsTheVisibleOne()
    {
        var schema = new MemoryRow(("Age", TextDataViewType.Instance, ""), ("Age", NumberDataViewType.Single, 1f)).Schema;

        Assert.AreEqual(NumberDataViewType.Single, schema.Find("number", "Age").Type);
    }
}

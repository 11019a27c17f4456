using System.Text.Json;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class JsonReadingTests
{
    [TestMethod]
    [DataRow("\"Median\"")]
    [DataRow("1.5")]
    [DataRow("null")]
    public void Choice_ValueThatIsNone_SaysWhichThereAre(string value)
    {
        using var json = JsonDocument.Parse($$"""{ "pooling": {{value}} }""");

        string message = Assert.ThrowsExactly<JsonException>(() => json.RootElement.Choice<SequencePooling>("pooling")).Message;

        Assert.AreEqual($"The property 'pooling' must be Mean, Sum, Max or Attention; the file says {value}.", message);
    }

    [TestMethod]
    public void Choice_NameInAnyCase_IsRead()
    {
        using var json = JsonDocument.Parse("""{ "pooling": "max" }""");

        Assert.AreEqual(SequencePooling.Max, json.RootElement.Choice<SequencePooling>("pooling"));
    }
}

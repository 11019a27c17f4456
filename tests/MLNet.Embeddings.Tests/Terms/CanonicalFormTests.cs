namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class CanonicalFormTests
{
    /// <summary>Examples of UAX 15 and of Unicode's NormalizationTest.txt.</summary>
    [TestMethod]
    [DataRow("cafe\u0301", "caf\u00e9")]
    [DataRow("\u212B \u2126", "\u00c5 \u03a9")]
    [DataRow("\u1E9B\u0323", "\u1E9B\u0323")]
    [DataRow("D\u0307\u0323", "\u1E0C\u0307")]
    [DataRow("\u1E0A\u0323", "\u1E0C\u0307")]
    [DataRow("a\u0327\u0301", "\u00e1\u0327")]
    [DataRow("a\u0315\u0300\u05AE\u0340b", "\u00E0\u05AE\u0300\u0315b")]
    [DataRow("\u1100\u1161\u11A8\u1100\u1161", "\uAC01\uAC00")]
    [DataRow("\uAC00\u11A8", "\uAC01")]
    [DataRow("\u0958", "\u0915\u093C")]
    [DataRow("\uFA10 \U0002F800", "\u585A \u4E3D")]
    [DataRow("\U0001D15E", "\U0001D157\U0001D165")]
    [DataRow("\u304B\u3099", "\u304C")]
    [DataRow("\u0344", "\u0308\u0301")]
    [DataRow("\u0301a", "\u0301a")]
    [DataRow("", "")]
    public void Of_Texts_ComposesThem(string text, string expected)
    {
        Assert.AreEqual(expected, CanonicalForm.Of(text));
        Assert.AreEqual(expected, CanonicalForm.Of(expected));
    }

    [TestMethod]
    public void Of_TextInTheForm_GivesTheSameString()
    {
        const string Text = "Caf\u00e9 \u4F60\u597D 😀 \uD55C";
        Assert.AreSame(Text, CanonicalForm.Of(Text));
    }

    [TestMethod]
    public void Of_HalfOfSurrogatePair_StaysAndTheRestIsComposed() => Assert.AreEqual("\ud800\u00e9\udc00", CanonicalForm.Of("\ud800e\u0301\udc00"));
}

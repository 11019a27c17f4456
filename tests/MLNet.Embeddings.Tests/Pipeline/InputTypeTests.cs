using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class InputTypeTests
{
    private static readonly KeyDataViewType Key = new(typeof(uint), 5);

    [TestMethod]
    public void Require_TypesThatFit_AreAccepted()
    {
        Type(Key).RequireCategory("X");
        Type(new VectorDataViewType(Key)).RequireKeys("sequence", "X");
        Type(new VectorDataViewType(Key, 3)).RequireKeys("sequence", "X");
        Type(NumberDataViewType.Int16).RequireNumber("X");
        Type(BooleanDataViewType.Instance).RequireNumber("X");
        Type(new VectorDataViewType(NumberDataViewType.Double)).RequireNumber("X");
    }

    [TestMethod]
    public void RequireCategory_Text_SaysHowToMakeKeys() => Refused(() => Type(TextDataViewType.Instance).RequireCategory("X"),
        "Schema mismatch for category column 'X': expected Key, got String. " +
        "Make keys of its values with mlContext.Transforms.Categorical.IndexCategories(\"X\") before the trainer.");

    [TestMethod]
    public void RequireCategory_Sequence_SaysWhichColumnToUse() => Refused(() => Type(new VectorDataViewType(Key)).RequireCategory("X"),
        "Schema mismatch for category column 'X': expected Key, got Vector<Key<UInt32, 0-4>>. Read several keys per row " +
        "with InputColumn.Bag(\"X\") or, where their order matters, InputColumn.Sequence(\"X\").");

    [TestMethod]
    public void RequireSequence_Text_SaysHowToMakeKeys() => Refused(() => Type(TextDataViewType.Instance).RequireKeys("sequence", "X"),
        "Schema mismatch for sequence column 'X': expected Vector<Key>, got String. " +
        "Make keys of its text with mlContext.Transforms.Text.IndexTokens(\"X\") before the trainer.");

    [TestMethod]
    public void RequireSequence_Category_SaysWhichColumnToUse() => Refused(() => Type(Key).RequireKeys("sequence", "X"),
        "Schema mismatch for sequence column 'X': expected Vector<Key>, got Key<UInt32, 0-4>. Read one key per row with InputColumn.Category(\"X\").");

    [TestMethod]
    public void RequireKeys_OfABag_NamesTheRole() => Refused(() => Type(TextDataViewType.Instance).RequireKeys("bag", "X"),
        "Schema mismatch for bag column 'X': expected Vector<Key>, got String. " +
        "Make keys of its text with mlContext.Transforms.Text.IndexTokens(\"X\") before the trainer.");

    [TestMethod]
    public void RequireNumber_Text_SaysHowToConvert() => Refused(() => Type(TextDataViewType.Instance).RequireNumber("X"),
        "Schema mismatch for number column 'X': expected a number, Boolean or vector of numbers, got String. " +
        "Convert it with mlContext.Transforms.Conversion.ConvertType(\"X\", outputKind: DataKind.Single) before the trainer.");

    [TestMethod]
    public void RequireNumber_Key_SaysWhichColumnToUse() => Refused(() => Type(Key).RequireNumber("X"),
        "Schema mismatch for number column 'X': expected a number, Boolean or vector of numbers, got Key<UInt32, 0-4>. " +
        "Read keys with InputColumn.Category(\"X\").");

    private static InputType Type(DataViewType type) => InputType.Of(new MemoryRow(("X", type, 0)).Schema["X"]);

    private static void Refused(Action action, string message)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(action);

        Assert.AreEqual("inputSchema", error.ParamName);
        Assert.AreEqual($"{message} (Parameter 'inputSchema')", error.Message);
    }
}

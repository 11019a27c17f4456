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

    [TestMethod]
    public void RequireWeight_Key_IsSentToItsValues() => Refused(() => Type(Key).RequireWeight("X"),
        "Schema mismatch for example weight column 'X': expected a number, got Key<UInt32, 0-4>. " +
        "Make numbers of its keys with mlContext.Transforms.Conversion.MapKeyToValue(\"X\") before the trainer.");

    [TestMethod]
    public void RequireRawText_EveryType_IsSentToTheColumnThatReadsIt()
    {
        foreach (var (type, cure) in new (DataViewType, string)[]
        {
            (NumberDataViewType.Single, "Read it with InputColumn.Number(\"X\") or, where numbers are names only, InputColumn.Category(\"X\")."),
            (new VectorDataViewType(NumberDataViewType.Single), "Read it with InputColumn.Number(\"X\")."),
            (BooleanDataViewType.Instance, "Read it with InputColumn.Category(\"X\")."),
            (new VectorDataViewType(TextDataViewType.Instance), "Read it with InputColumn.Bag(\"X\")."),
            (Key, "Read it with InputColumn.Category(\"X\")."),
            (new VectorDataViewType(Key), "Read its keys with InputColumn.Bag(\"X\") or, where their order matters, InputColumn.Sequence(\"X\")."),
            (DateTimeDataViewType.Instance, "Read it with InputColumn.Date(\"X\"), which the trainer takes as it is."),
            (new VectorDataViewType(DateTimeDataViewType.Instance), "Make text of it with mlContext.Transforms.Conversion.ConvertType(\"X\", outputKind: " +
                "DataKind.String) before the trainer, and read it with InputColumn.Bag(\"X\")."),
        })
            Refused(() => Type(type).RequireRawText("X"), $"Schema mismatch for text column 'X': expected Text, got {type}. {cure}");
    }

    private static InputType Type(DataViewType type) => InputType.Of(new MemoryRow(("X", type, 0)).Schema["X"]);

    private static void Refused(Action action, string message)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(action);

        Assert.AreEqual("inputSchema", error.ParamName);
        Assert.AreEqual($"{message} (Parameter 'inputSchema')", error.Message);
    }
}

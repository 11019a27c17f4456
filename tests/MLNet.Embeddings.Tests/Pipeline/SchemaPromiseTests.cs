using Microsoft.ML;
using Microsoft.ML.Data;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SchemaPromiseTests
{
    [TestMethod]
    [DataRow(typeof(byte), DataKind.Byte)]
    [DataRow(typeof(ushort), DataKind.UInt16)]
    [DataRow(typeof(uint), DataKind.UInt32)]
    [DataRow(typeof(ulong), DataKind.UInt64)]
    public void Promise_Key_IsOfItsNumberType(Type raw, DataKind expected)
    {
        var promise = Promise(new KeyDataViewType(raw, 9));

        Assert.IsTrue(promise.IsKey);
        Assert.AreEqual(expected.ToString(), promise.ItemType.ToString());
        Assert.AreEqual(Kind.Scalar, promise.Kind);
    }

    [TestMethod]
    public void Promise_Vectors_KnowWhetherTheirSizeIsKnown()
    {
        Assert.AreEqual(Kind.Vector, Promise(new VectorDataViewType(NumberDataViewType.Single, 3)).Kind);
        Assert.AreEqual(Kind.VariableVector, Promise(new VectorDataViewType(new KeyDataViewType(typeof(uint), 9))).Kind);
    }

    private static SchemaShape.Column Promise(DataViewType type) => new DataViewSchema.DetachedColumn("X", type).Promise();
}

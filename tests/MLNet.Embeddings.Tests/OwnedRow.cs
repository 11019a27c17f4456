using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row with a value of a type that has rules of its own for who owns it, as images have.</summary>
internal sealed class OwnedRow
{
    [KeyType(3)] public uint Category { get; set; }

    [OwnedType] public Item Owned { get; set; } = new(0);

    internal sealed record Item(uint Number);

    private sealed class OwnedType() : StructuredDataViewType(typeof(Item))
    {
        public override bool Equals(DataViewType? other) => other is OwnedType;

        public override int GetHashCode() => 1;
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class OwnedTypeAttribute : DataViewTypeAttribute
    {
        public override bool Equals(DataViewTypeAttribute? other) => other is OwnedTypeAttribute;

        public override int GetHashCode() => 1;

        public override void Register() => DataViewTypeManager.Register(new OwnedType(), typeof(Item), this);
    }
}

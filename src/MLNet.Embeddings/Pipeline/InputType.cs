using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What a network has to know of a column's type, be it in a schema or in the promise of one.</summary>
internal readonly record struct InputType(bool IsVector, bool IsKey, DataViewType Item, string Description)
{
    internal static InputType Of(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        return new(column.Type is VectorDataViewType, item is KeyDataViewType, item, column.Type.ToString()!);
    }

    internal static InputType Of(SchemaShape.Column column) =>
        new(column.Kind != SchemaShape.Column.VectorKind.Scalar, column.IsKey, column.ItemType, column.Describe());

    /// <summary>Whether it is a scalar key.</summary>
    internal bool IsCategory => IsKey && !IsVector;

    /// <summary>Whether it is a vector of keys.</summary>
    internal bool IsSequence => IsKey && IsVector;

    /// <summary>Whether it is a number, Boolean or vector of such.</summary>
    internal bool IsNumber => !IsKey && Item is NumberDataViewType or BooleanDataViewType;

    /// <summary>Whether it is a scalar number.</summary>
    internal bool IsWeight => !IsVector && IsNumber && Item is not BooleanDataViewType;

    /// <summary>Whether it is a scalar text.</summary>
    internal bool IsText => !IsVector && Item is TextDataViewType;

    /// <summary>Whether its values are dates, times or spans.</summary>
    internal bool IsDate => Item is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar key.</exception>
    internal void RequireCategory(string name)
    {
        if (IsCategory) return;
        throw SchemaErrors.Mismatch("category", name, "Key", Description, IsKey
            ? $"Read several keys per row with InputColumn.Bag(\"{name}\") or, where their order matters, InputColumn.Sequence(\"{name}\")."
            : $"Make keys of its values with mlContext.Transforms.Categorical.IndexCategories(\"{name}\") before the trainer.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not a vector of keys.</exception>
    internal void RequireKeys(string role, string name)
    {
        if (IsSequence) return;
        throw SchemaErrors.Mismatch(role, name, "Vector<Key>", Description, (IsKey, IsVector) switch
        {
            (true, _) => $"Read one key per row with InputColumn.Category(\"{name}\").",
            _ when IsDate => DateCure(name),
            (_, true) => $"Make keys of its values with mlContext.Transforms.Categorical.IndexCategories(\"{name}\") before the trainer.",
            _ when IsText => $"Make keys of its text with mlContext.Transforms.Text.IndexTokens(\"{name}\") before the trainer.",
            _ => $"Read one value per row with InputColumn.Category(\"{name}\").",
        });
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar number.</exception>
    internal void RequireWeight(string name)
    {
        if (IsWeight) return;
        throw SchemaErrors.Mismatch("example weight", name, "a number", Description, IsVector || IsDate
            ? "Give one number per row."
            : $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single) before the trainer.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is neither a number, a Boolean nor a vector of such.</exception>
    internal void RequireNumber(string name)
    {
        if (IsNumber) return;
        throw SchemaErrors.Mismatch("number", name, "a number, Boolean or vector of numbers", Description, IsKey
            ? $"Read keys with InputColumn.{(IsVector ? "Sequence" : "Category")}(\"{name}\")."
            : IsDate ? DateCure(name)
            : $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single) before the trainer.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar text.</exception>
    internal void RequireText(string name)
    {
        if (IsText) return;
        throw SchemaErrors.Mismatch("text", name, "Text", Description, IsDate ? DateCure(name) : Item is TextDataViewType
            ? $"Make keys of the texts of a vector, one each, with mlContext.Transforms.Categorical.IndexCategories(\"{name}\")."
            : $"Make a key of each value with mlContext.Transforms.Categorical.IndexCategories(\"{name}\"), or convert it to text before this step.");
    }

    private static string DateCure(string name) => $"Read it with InputColumn.Date(\"{name}\"), which the trainer takes as it is.";
}

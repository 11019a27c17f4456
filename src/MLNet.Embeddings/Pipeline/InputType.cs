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
            _ when IsDate => HowToRead(name),
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
            : IsKey
            ? $"Make numbers of its keys with mlContext.Transforms.Conversion.MapKeyToValue(\"{name}\") before the trainer."
            : $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single) before the trainer.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is neither a number, a Boolean nor a vector of such.</exception>
    internal void RequireNumber(string name)
    {
        if (IsNumber) return;
        throw SchemaErrors.Mismatch("number", name, "a number, Boolean or vector of numbers", Description, IsKey
            ? $"Read keys with InputColumn.{(IsVector ? "Sequence" : "Category")}(\"{name}\")."
            : IsDate ? HowToRead(name)
            : $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single) before the trainer.");
    }

    /// <summary>Checks a column that a step is to cut into tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar text.</exception>
    internal void RequireText(string name)
    {
        string convert = IsKey || Item is TextDataViewType ? "" : $", or make text of it with {ToText(name)} before this step";
        RequireText(name, IsDate
            ? HowToRead(name)
            : $"Make a key of each value with mlContext.Transforms.Categorical.IndexCategories(\"{name}\"){convert}.");
    }

    /// <summary>Checks a column that the trainer is to read as text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar text.</exception>
    internal void RequireRawText(string name) => RequireText(name, HowToRead(name));

    private void RequireText(string name, string cure)
    {
        if (!IsText) throw SchemaErrors.Mismatch("text", name, "Text", Description, cure);
    }

    /// <summary>How the trainer reads a column of this type, a sentence.</summary>
    internal string HowToRead(string name) => this switch
    {
        { IsKey: true, IsVector: true } =>
            $"Read its keys with InputColumn.Bag(\"{name}\") or, where their order matters, InputColumn.Sequence(\"{name}\").",
        { IsDate: true, IsVector: true } => $"Make text of it with {ToText(name)} before the trainer, and read it with InputColumn.Bag(\"{name}\").",
        { IsDate: true } => $"Read it with InputColumn.Date(\"{name}\"), which the trainer takes as it is.",
        { IsWeight: true } => $"Read it with InputColumn.Number(\"{name}\") or, where numbers are names only, InputColumn.Category(\"{name}\").",
        { IsNumber: true, IsVector: true } => $"Read it with InputColumn.Number(\"{name}\").",
        { IsVector: true } => $"Read it with InputColumn.Bag(\"{name}\").",
        _ => $"Read it with InputColumn.Category(\"{name}\").",
    };

    private static string ToText(string name) => $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.String)";
}

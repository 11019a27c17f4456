using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A set of labels per row: a vector of keys or texts, never missing.</summary>
internal sealed class SetTask(LabelSet label) : LabelTask
{
    internal override LabelSet Label => label;

    /// <summary>Most sets may be there once only, so that there are no shares to keep.</summary>
    internal override bool HasClasses => false;

    internal override void CheckType(InputType type)
    {
        if (type.IsVector && (type.IsKey || type.Item is TextDataViewType)) return;
        throw SchemaErrors.Mismatch("label", label.Name, "a vector of Text or Key", type.Description, (type.IsVector, type.Item) switch
        {
            (false, TextDataViewType) =>
                "Text is not split by itself: cut it before the trainer, with mlContext.Transforms.Text.TokenizeIntoWords(" +
                $"\"{label.Name}\", separators: ['|']) or a custom mapping; or load several columns as one vector, with [LoadColumn(first, last)].",
            (true, _) => $"Make keys of its values with mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before the trainer.",
            _ => $"Make a vector of it, or learn one label per row with LabelColumn.Multiclass(\"{label.Name}\").",
        });
    }

    internal override SetLabelShape Promise(SchemaShape.Column column) => new(label.Name, ClassCount: 1, KeyClasses.Promise(column));

    internal override LabelReader Begin(DataViewSchema.Column column, LabelShape? previous) => column.Type.ItemType() is KeyDataViewType
        ? new KeysReader(label, KeyClasses.Of(column))
        : new TextsReader(label, column, (previous as SetLabelShape)?.Classes);

    private static SetObjective Learn(LabelSet label, KeyClasses classes, LabelSets sets, LabelStatistics labels)
    {
        if (classes.Count == 0 || ((SetStatistics)labels).Members == 0)
        {
            throw new InvalidOperationException(
                $"The sets of the label column '{label.Name}' are empty in all rows; there is no label to learn. Check how the column is made.");
        }
        return new SetObjective(label, new SetLabelShape(label.Name, classes.Count, classes.Values), sets.Take());
    }

    /// <summary>Reads sets of keys.</summary>
    private sealed class KeysReader(LabelSet label, KeyClasses classes) : LabelReader(label.Name)
    {
        private readonly LabelSets _sets = new(label.Name);

        private protected override bool NumbersAsRead => true;

        private protected override SetStatistics Statistics() => new(_sets);

        internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
        {
            var getter = KeyReading.Sequence(row, column, keyCount: int.MaxValue);
            List<int> members = [];
            return () =>
            {
                members.Clear();
                foreach (int key in getter())
                {
                    // To ML.NET a key outside its range is a missing one.
                    if (key <= classes.Count) members.Add(key - 1);
                }
                return _sets.NumberOf(members);
            };
        }

        internal override SetObjective Learn(LabelStatistics labels) => SetTask.Learn(label, classes, _sets, labels);

        internal override void CheckSame(DataViewSchema.Column validation) => classes.RequireSame(validation);
    }

    /// <summary>Reads sets of texts.</summary>
    private sealed class TextsReader(LabelSet label, DataViewSchema.Column column, ClassValues? known) : ValueLabelReader(column, known)
    {
        private readonly LabelSets _sets = new(label.Name);

        private protected override bool NumbersAsRead => true;

        private protected override SetStatistics Statistics() => new(_sets);

        internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
        {
            var getter = Numbers.OpenVector(row, column);
            return () =>
            {
                var members = getter();
                if (members.RemoveAll(number => number == ValueClasses.NoClass) > 0) NoteUnknown(row, column);
                return _sets.NumberOf(members);
            };
        }

        internal override SetObjective Learn(LabelStatistics labels) =>
            SetTask.Learn(label, new KeyClasses(Name, Classes.Texts.Count, Classes), _sets, labels);

        private protected override IReadOnlyList<string> Order(IReadOnlyList<string> texts, ClassValues? before) => texts;
    }
}

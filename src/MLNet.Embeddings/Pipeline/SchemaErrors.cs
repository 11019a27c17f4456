using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The errors about columns, in ML.NET's own type and wording, with the cure added.</summary>
internal static class SchemaErrors
{
    /// <summary>The name by which ML.NET's own estimators call the schema they are given.</summary>
    private const string Parameter = "inputSchema";

    /// <summary>The cure where a pipeline lacks a column.</summary>
    internal const string AddStep = "Correct the name, or add the step that makes the column before this one.";

    private const string ByTheSameStep = "A column that a fitted step made then must be made by that step.";

    /// <summary>A column is there, but of a type that cannot be used.</summary>
    /// <param name="role">What the column is for, such as "label" or "sequence".</param>
    /// <param name="name">The column's name.</param>
    /// <param name="expected">The type or types that can be used.</param>
    /// <param name="got">The type that was found.</param>
    /// <param name="cure">A sentence that says what to do.</param>
    internal static ArgumentOutOfRangeException Mismatch(string role, string name, string expected, string got, string cure) =>
        new(Parameter, $"Schema mismatch for {role} column '{name}': expected {expected}, got {got}. {cure}");

    /// <summary>A fitted step is given a column of another type than it was fitted to.</summary>
    /// <inheritdoc cref="Mismatch" path="/param"/>
    internal static ArgumentOutOfRangeException Unlike(string role, string name, string expected, string got) =>
        Mismatch(role, name, expected, got, "Give it in the type that it had in training. " + ByTheSameStep);

    /// <summary>A column is not there.</summary>
    /// <param name="role">What the column is for, such as "label" or "sequence".</param>
    /// <param name="name">The column's name.</param>
    /// <param name="present">The names of the columns that are there.</param>
    /// <param name="cure">A sentence that says what to do.</param>
    internal static ArgumentOutOfRangeException Missing(
        string role, string name, IEnumerable<string> present, string cure = AddStep) =>
        new(Parameter, $"Could not find {role} column '{name}'. The input has: {string.Join(", ", present.Select(column => $"'{column}'"))}. {cure}");

    /// <summary>A fitted step is given data without a column that it reads.</summary>
    /// <inheritdoc cref="Missing" path="/param"/>
    internal static ArgumentOutOfRangeException Lacking(string role, string name, IEnumerable<string> present) =>
        Missing(role, name, present, "It was there in training: give data that has it, under this name. " + ByTheSameStep);

    /// <summary>A column's values are asked for, but the column was not.</summary>
    internal static InvalidOperationException NotActive(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' is not active; ask for it when the cursor is made.");

    /// <summary>A column's values are asked for as another type than they are.</summary>
    internal static InvalidOperationException OtherType<TValue>(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Describe()}. Ask for its values as what they are.");
}

/// <summary>The error about settings, which reports all faults together.</summary>
internal static class OptionErrors
{
    /// <param name="settings">Which settings they are.</param>
    /// <param name="faults">What is wrong, a sentence each.</param>
    /// <param name="parameter">Name of the public parameter that holds the settings.</param>
    /// <exception cref="ArgumentException">There is a fault; the message has a line for each.</exception>
    internal static void ThrowIfAny(string settings, IEnumerable<string> faults, string parameter)
    {
        string[] all = [.. faults];
        if (all.Length > 0) throw new ArgumentException($"{settings} cannot be used:\n{string.Join('\n', all)}", parameter);
    }
}

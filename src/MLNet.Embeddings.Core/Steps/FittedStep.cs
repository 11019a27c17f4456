namespace MLNet.Embeddings;

/// <summary>A fitted step that makes keys or numbers of raw columns: what a model file holds of it.</summary>
internal abstract record FittedStep
{
    /// <summary>Reads a step from a model file; null where the entries hold a transformer of another kind.</summary>
    /// <exception cref="FormatException">The entries are damaged.</exception>
    internal static FittedStep? Read(EntryReader entries) => entries.Kind switch
    {
        TokenStep.Kind => TokenStep.Read(entries),
        CategoryStep.Kind => CategoryStep.Read(entries),
        DateStep.Kind => DateStep.Read(entries),
        _ => null,
    };

    /// <summary>The columns that it makes, each with the one that it is made of.</summary>
    internal abstract IEnumerable<(string Output, string Input)> Columns { get; }

    /// <summary>Writes the step to a model file.</summary>
    internal abstract void Write(EntryWriter entries);
}

/// <summary>Turns texts into the keys of their terms.</summary>
/// <param name="Shape">How text is cut.</param>
/// <param name="Keys">Keys of the tokens: a vocabulary, or hashed ones.</param>
internal sealed record TokenStep(TokenIndexingShape Shape, TermKeys Keys) : FittedStep
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "TokenIndexing";

    internal override IEnumerable<(string Output, string Input)> Columns => Shape.Columns.Select(column => (column.OutputColumnName, column.InputColumnName));

    /// <inheritdoc cref="FittedStep.Read"/>
    internal static new TokenStep Read(EntryReader entries)
    {
        var shape = entries.ReadShape(IndexingJson.Default.TokenIndexingShape);
        shape.RequireSound();
        return new TokenStep(shape, shape.HashBuckets is { } buckets
            ? new HashedKeys(buckets)
            : VocabularyEntry.Read(entries, shape.TermCount, shape.NgramHashBuckets ?? 0));
    }

    internal override void Write(EntryWriter entries)
    {
        (Keys as Vocabulary)?.Write(entries);
        entries.WriteShape(Kind, Shape, IndexingJson.Default.TokenIndexingShape);
    }

    /// <summary>What makes the keys of texts, for one thread.</summary>
    internal TextKeys Open() => new(
        TextTerms.Of(Shape.Cutting, Shape.NgramLength),
        tokens: Keys, ngrams: Shape.NgramHashBuckets is { } buckets ? new HashedKeys(buckets) : Keys, Shape.MaxLength);
}

/// <summary>Turns values into the keys of their terms.</summary>
/// <param name="Shape">The columns.</param>
/// <param name="Keys">What gives a value its keys, one each.</param>
internal sealed record CategoryStep(CategoryIndexingShape Shape, IReadOnlyList<TermKeys> Keys) : FittedStep
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "CategoryIndexing";

    internal override IEnumerable<(string Output, string Input)> Columns => Shape.Columns.Select(column => (column.OutputColumnName, column.InputColumnName));

    /// <param name="shape">A shape that says into how many keys terms are hashed.</param>
    internal CategoryStep(CategoryIndexingShape shape) : this(
        shape, [.. Enumerable.Range(0, shape.HashFunctions).Select(function => new HashedKeys(shape.HashBuckets!.Value, function))])
    {
    }

    /// <inheritdoc cref="FittedStep.Read"/>
    internal static new CategoryStep Read(EntryReader entries)
    {
        var shape = entries.ReadShape(IndexingJson.Default.CategoryIndexingShape);
        shape.RequireSound();
        return shape.HashBuckets is null ? new CategoryStep(shape, [VocabularyEntry.Read(entries, shape.TermCount)]) : new CategoryStep(shape);
    }

    internal override void Write(EntryWriter entries)
    {
        (Keys[0] as Vocabulary)?.Write(entries);
        entries.WriteShape(Kind, Shape, IndexingJson.Default.CategoryIndexingShape);
    }
}

/// <summary>Turns dates into their time, as a number, and into keys of their parts.</summary>
/// <param name="Shape">The column.</param>
internal sealed record DateStep(DatePartsShape Shape) : FittedStep
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "DateParts";

    internal override IEnumerable<(string Output, string Input)> Columns =>
        Shape.Parts.Select(Shape.PartColumn).Prepend(Shape.TimeColumn).Select(column => (column, Shape.InputColumnName));

    /// <inheritdoc cref="FittedStep.Read"/>
    internal static new DateStep Read(EntryReader entries) => new(entries.ReadShape(DateJson.Default.DatePartsShape));

    internal override void Write(EntryWriter entries) => entries.WriteShape(Kind, Shape, DateJson.Default.DatePartsShape);
}

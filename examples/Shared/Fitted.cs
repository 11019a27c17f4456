namespace Examples;

/// <summary>A model, and how long its fit took.</summary>
public sealed record Fitted<TModel>(TModel Model, TimeSpan Time);

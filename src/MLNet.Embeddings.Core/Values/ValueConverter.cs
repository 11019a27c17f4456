using System.Collections;
using System.Globalization;
using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>Makes values of one type of what people give for them.</summary>
internal abstract class ValueConverter<T> where T : struct
{
    /// <summary>What a value has to be, in words.</summary>
    internal abstract string Needed { get; }

    /// <summary>What stands for a missing value; null where the type has nothing that does.</summary>
    internal virtual T? Missing => default(T);

    /// <summary>Whether a value says nothing, as an empty text does of a number.</summary>
    internal virtual bool IsEmpty(object value) => value is string text && string.IsNullOrWhiteSpace(text);

    /// <summary>Makes the value; false where it cannot be made.</summary>
    internal abstract bool TryRead(object value, out T result);
}

/// <summary>Numbers of a type, of numbers of any type, Booleans and texts. Integers are made of whole numbers in their range only.</summary>
/// <param name="missing">What stands for a missing one; null for integers.</param>
internal sealed class NumberConverter<T>(T? missing = null) : ValueConverter<T> where T : struct, INumber<T>
{
    private readonly bool _isFloat = missing is not null;

    internal override string Needed => _isFloat ? "a number" : $"a whole number of type {typeof(T).Name}";

    internal override T? Missing => missing;

    internal override bool TryRead(object value, out T result)
    {
        switch (value)
        {
            case double given: return TryConvert(given, out result);
            case float given: return TryConvert(given, out result);
            case long given: return TryConvert(given, out result);
            case int given: return TryConvert(given, out result);
            case bool given: return TryConvert(given ? 1 : 0, out result);
            case decimal given: return TryConvert(given, out result);
            case byte given: return TryConvert(given, out result);
            case sbyte given: return TryConvert(given, out result);
            case short given: return TryConvert(given, out result);
            case ushort given: return TryConvert(given, out result);
            case uint given: return TryConvert(given, out result);
            case ulong given: return TryConvert(given, out result);
            case Half given: return TryConvert(given, out result);
            case string text: return TryParse(text, out result);
            default: result = default; return false;
        }
    }

    private bool TryConvert<TGiven>(TGiven given, out T result) where TGiven : INumberBase<TGiven>
    {
        result = T.CreateSaturating(given);
        return _isFloat || TGiven.CreateSaturating(result) == given;
    }

    private bool TryParse(string text, out T result) =>
        T.TryParse(text, _isFloat ? NumberStyles.Float : NumberStyles.Integer, CultureInfo.InvariantCulture, out result)
        || !_isFloat && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && TryConvert(number, out result);
}

/// <summary>Keys, given by their numbers: 0 is missing, the first value has 1.</summary>
/// <param name="count">The number of keys; null where a step of ML.NET does not tell it.</param>
internal sealed class KeyConverter(ulong? count) : ValueConverter<uint>
{
    private readonly NumberConverter<uint> _number = new();

    internal override string Needed => $"the number of a key, from 1{(count is null ? "" : $" to {count}")}, or 0 where it is missing";

    internal override bool TryRead(object value, out uint result) => _number.TryRead(value, out result) && !(result > count);
}

/// <summary>Booleans, of such, of the numbers 0 and 1, and of texts of these.</summary>
internal sealed class BooleanConverter : ValueConverter<bool>
{
    private readonly NumberConverter<byte> _number = new();

    internal override string Needed => "true or false";

    internal override bool? Missing => null;

    internal override bool TryRead(object value, out bool result)
    {
        if (value is bool given)
        {
            result = given;
            return true;
        }
        if (value is string text && bool.TryParse(text, out result)) return true;
        bool isNumber = _number.TryRead(value, out byte number) && number <= 1;
        result = isNumber && number == 1;
        return isNumber;
    }
}

/// <summary>Texts of anything: numbers and Booleans as the terms that categories know them by, dates by ISO 8601.</summary>
internal sealed class TextConverter : ValueConverter<ReadOnlyMemory<char>>
{
    internal override string Needed => "a text, or a value that has one";

    internal override bool IsEmpty(object value) => false;

    internal override bool TryRead(object value, out ReadOnlyMemory<char> result)
    {
        result = value switch
        {
            string text => text.AsMemory(),
            ReadOnlyMemory<char> text => text,
            bool flag => ValueTerms.OfBoolean(flag).ToString().AsMemory(),
            double number => OfFloat(number),
            float number => OfFloat(number),
            Half number => OfFloat(number),
            decimal number when !decimal.IsInteger(number) => OfFloat((double)number),
            decimal number => Of(number, "F0"),
            DateTime or DateTimeOffset or DateOnly or TimeOnly => Of((IFormattable)value, "O"),
            IFormattable other => Of(other, null),
            _ => value.ToString().AsMemory(),
        };
        return value is string or not IEnumerable;
    }

    private static ReadOnlyMemory<char> OfFloat<T>(T number) where T : IBinaryFloatingPointIeee754<T> =>
        ValueTerms.OfFloat(number, stackalloc char[ValueTerms.Longest]).ToString().AsMemory();

    private static ReadOnlyMemory<char> Of(IFormattable value, string? format) => value.ToString(format, CultureInfo.InvariantCulture).AsMemory();
}

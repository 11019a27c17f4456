using System.Globalization;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Whether all values of a column are numbers with one decimal mark, and the type that holds them.</summary>
/// <param name="decimalSeparator">The mark.</param>
internal sealed class NumberInference(char decimalSeparator)
{
    /// <summary>Single keeps any number of so many digits.</summary>
    private const int SingleDigits = 6;

    private const double ExactInSingle = 1 << 24, ExactInDouble = 1L << 53;

    /// <summary>Whole numbers of more digits that differ in all rows are ids, in whatever order they stand.</summary>
    private const int MostDigitsOfCounts = 7;

    private const int FewestIds = 20, MostCounted = 200_000;

    private readonly HashSet<long> _wholes = [];
    private long _count, _last;
    private bool _isWhole = true, _fitsLong = true, _fitsSingle = true, _fitsDouble = true;
    private bool _isUnique = true, _isRising = true, _isFalling = true, _isLong = true;

    /// <summary>Whether all values are such numbers.</summary>
    internal bool Fits { get; private set; } = true;

    internal void Add(ReadOnlySpan<char> text)
    {
        if (!Fits) return;
        Fits = FieldText.TryNumber(text, decimalSeparator, out double number);
        if (!Fits) return;
        bool isWhole = !text.ContainsAny(decimalSeparator, 'e', 'E');
        _isWhole &= isWhole;
        if (isWhole) AddWhole(text, number);
        else if (_fitsSingle && (text.Length > SingleDigits || text.ContainsAny('e', 'E'))) _fitsSingle = IsExactInSingle(number);
        _count++;
    }

    /// <summary>The type of the numbers; null where no type has them all with the missing ones.</summary>
    internal DataKind? Type(bool hasMissing)
    {
        bool isInteger = _isWhole && _fitsLong && !hasMissing;
        if (isInteger && _isUnique && _count > FewestIds && (_isRising || _isFalling || _isLong)) return DataKind.Int64;
        if (_isWhole && !_fitsDouble) return isInteger ? DataKind.Int64 : null;
        return _fitsSingle ? DataKind.Single : DataKind.Double;
    }

    private void AddWhole(ReadOnlySpan<char> text, double number)
    {
        _fitsSingle &= Math.Abs(number) <= ExactInSingle;
        _fitsDouble &= Math.Abs(number) < ExactInDouble;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            _fitsLong = false;
            return;
        }
        _isRising &= _count == 0 || whole > _last;
        _isFalling &= _count == 0 || whole < _last;
        _isLong &= text.Length > MostDigitsOfCounts;
        _last = whole;
        if (_isUnique && _wholes.Count < MostCounted) _isUnique = _wholes.Add(whole);
    }

    // The shortest text of the Single, read again, is the number that was written.
    private static bool IsExactInSingle(double number) =>
        double.Parse(((float)number).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Equals(number);
}

using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Whether all values of a column are numbers with one decimal mark, and what they are.</summary>
/// <param name="decimalSeparator">The mark.</param>
/// <param name="isNamedAsId">Whether the name of the column says that the numbers only name something.</param>
internal sealed class NumberInference(char decimalSeparator, bool isNamedAsId)
{
    /// <summary>Single keeps any number of so many digits.</summary>
    private const int SingleDigits = 6;

    private const double ExactInSingle = 1 << 24, ExactInDouble = 1L << 53;

    private const int MostCounted = 200_000;

    private readonly HashSet<long> _wholes = [];
    private long _count, _first, _last;
    private bool _isWhole = true, _fitsLong = true, _fitsSingle = true, _fitsDouble = true;
    private bool _isUnique = true, _countsUp = true, _countsDown = true;

    /// <summary>Whether all values are such numbers.</summary>
    internal bool Fits { get; private set; } = true;

    /// <summary>What the numbers are; null where a value is none.</summary>
    internal NumberEvidence? Evidence => !Fits ? null : new(
        _count, _isWhole, _fitsLong, _fitsSingle, _fitsDouble, _isUnique, _countsUp, _countsDown, _first, _last, isNamedAsId);

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

    private void AddWhole(ReadOnlySpan<char> text, double number)
    {
        _fitsSingle &= Math.Abs(number) <= ExactInSingle;
        _fitsDouble &= Math.Abs(number) < ExactInDouble;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            _fitsLong = false;
            return;
        }
        if (_count == 0) _first = whole;
        _countsUp &= _count == 0 || whole == _last + 1;
        _countsDown &= _count == 0 || whole == _last - 1;
        _last = whole;
        if (_isUnique && _wholes.Count < MostCounted) _isUnique = _wholes.Add(whole);
    }

    // The shortest text of the Single, read again, is the number that was written.
    private static bool IsExactInSingle(double number) =>
        double.Parse(((float)number).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Equals(number);
}

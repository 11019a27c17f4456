using System.Text.RegularExpressions;

namespace MLNet.Embeddings;

/// <summary>Finds the type of a column by its values.</summary>
/// <param name="name">Its name.</param>
/// <param name="seeksCommas">Whether numbers may have a decimal comma.</param>
internal sealed partial class ColumnInference(string name, bool seeksCommas)
{
    private readonly NumberInference _point = new('.', IdName().IsMatch(name)), _comma = new(',', IdName().IsMatch(name));
    private bool _canBeBoolean = true, _canBeDate = true, _hasMissing, _hasValues;

    /// <summary>Whether the values are numbers with a decimal comma, and none with a point.</summary>
    internal bool NeedsComma => _hasValues && _comma.Fits && !_point.Fits;

    /// <summary>Whether the values are numbers with a decimal point, and none with a comma.</summary>
    internal bool NeedsPoint => _hasValues && _point.Fits && !_comma.Fits;

    /// <summary>Takes a value into account.</summary>
    internal void Add(FieldKind kind, ReadOnlySpan<char> text)
    {
        if (kind == FieldKind.Missing || FieldText.IsMissing(text))
        {
            _hasMissing = true;
            return;
        }
        _hasValues = true;
        bool canBeNumber = kind != FieldKind.Text;
        if (_canBeBoolean) _canBeBoolean = canBeNumber && bool.TryParse(text, out _);
        if (_canBeDate) _canBeDate = kind != FieldKind.Value && FieldText.TryDate(text, out _);
        _point.Add(canBeNumber ? text : "");
        if (seeksCommas) _comma.Add(canBeNumber ? text : "");
    }

    /// <summary>What the values allow with a decimal mark.</summary>
    internal ColumnEvidence Evidence(char decimalSeparator) => new(
        null, _hasValues, _hasMissing, _canBeBoolean, _canBeDate, (decimalSeparator == ',' ? _comma : _point).Evidence);

    // ID, customer_id, Order No., Serial number, "#", and CustomerId: the word at the end.
    [GeneratedRegex(@"^#$|(^|[\s_.-])(?i:ids?|key|no|nr|num|number|index|uuid|guid)\.?$|[a-z](Id|ID|Key|No|Nr|Number|Index)$")]
    private static partial Regex IdName();
}

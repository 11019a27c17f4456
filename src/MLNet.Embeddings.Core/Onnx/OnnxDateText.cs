using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings;

/// <summary>Reads dates of one format in a graph: see <see cref="DateFormats.Parse"/>.</summary>
/// <remarks>
/// An expression of the whole format says whether a text is a date; what its letters stand for are the numbers in it, in their order, and its words. What is
/// less than a millisecond is left out.
/// </remarks>
internal sealed partial class OnnxDateText
{
    private const string Space = @"[\s\p{Z}]*", None = "-1";
    private const long Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute, HalfDay = 12 * Hour, Day = 2 * HalfDay, UnknownOffset = 100_000;

    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;
    private static readonly long[] DaysOfMonths = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private readonly string _format;
    private readonly OnnxGraph _graph;
    private readonly OnnxValue _texts, _zero;
    private readonly Lazy<OnnxValue> _numbers, _words;
    private int _number, _word;
    private OnnxValue _year, _month, _day, _time, _isDate;

    /// <param name="texts">The texts, rows × 1.</param>
    /// <param name="format">Their format.</param>
    internal OnnxDateText(OnnxValue texts, string format)
    {
        (_format, _graph, _texts) = (format, texts.Graph, texts);
        _zero = _graph.Vector(0L).Reshape(1, 1).Expand(texts.Apply("Shape"));
        (_year, _month, _day, _time) = (_zero + 1, _zero + 1, _zero + 1, _zero);
        // As many as a date has at most, the second fraction and the offset left out.
        _numbers = new(() => Tokens("[0-9]{1,9}", None, 7).Cast(OnnxType.Int64));
        _words = new(() => Tokens("[A-Za-z]+", "", 3));
    }

    /// <summary>Milliseconds since 1970, or since midnight where the format has no date; <see cref="OnnxDates.Missing"/> for what is no date.</summary>
    internal OnnxValue Milliseconds()
    {
        var expression = new StringBuilder("^").Append(Space);
        var parts = Parts().Matches(_format);
        _isDate = _zero.Is(0);
        foreach (Match part in parts) expression.Append(Read(part.Value)).Append(Space);
        var isWhole = !Token(Tokens(expression.Append('$').ToString(), "", 1), 0, known: [("", 0)], otherwise: 1).Is(0);
        var milliseconds = _format.Contains('y') ? _time + (OnnxDates.Days(_year, _month, _day) - OnnxDates.Days1970) * Day : _time;
        return milliseconds.If(_isDate & isWhole & IsDayOfMonth(), _graph.Scalar(OnnxDates.Missing));
    }

    /// <summary>Reads a part of the format: adds its value to the date, and gives an expression of its text.</summary>
    private string Read(string part)
    {
        switch (part)
        {
            case "yyyyMMdd":
                var digits = Number();
                (_year, _month, _day) = (digits / 10_000, digits / 100 % 100, digits % 100);
                return "[0-9]{8}";
            case "yyyy":
                _year = Number();
                return "[0-9]{4}";
            case "yy":
                var centuries = _graph.Vector([.. Enumerable.Range(0, 100).Select(year => (long)DateFormats.Parse($"1/1/{year:00}", "M/d/yy")!.Value.Year)]);
                _year = centuries.At(Number().Clip(_graph.Scalar(0L), _graph.Scalar(99L)));
                return "[0-9]{2}";
            case "M":
                _month = Number();
                return "[0-9]{1,2}";
            case "MMM": return MonthName(Names.AbbreviatedMonthNames);
            case "MMMM": return MonthName(Names.MonthNames);
            case "d":
                _day = Number();
                return "[0-9]{1,2}";
            case "H": return TimePart(Hour, most: 23);
            case "h":
                var hour = Number();
                _isDate = _isDate & hour < _graph.Scalar(13L);
                _time = _time + hour % 12 * Hour;
                return "[0-9]{1,2}";
            case "m": return TimePart(Minute, most: 59);
            case "s": return TimePart(Second, most: 59);
            case ".FFFFFFF":
                // Behind the full stops of the day.
                int place = _format.TakeWhile(letter => letter != ':').Count(letter => letter == '.');
                var fraction = Tokens(@"\.[0-9]{1,7}", "0", 3).Cast(OnnxType.Double).Slice(place, place + 1, axis: 1);
                _time = _time + (fraction * _graph.Scalar((double)Second)).Cast(OnnxType.Int64);
                return @"(\.[0-9]{0,7})?";
            case "tt":
                _time = _time + Token(_words.Value, _word++, [("PM", HalfDay), ("pm", HalfDay), ("Pm", HalfDay), ("pM", HalfDay)], otherwise: 0);
                return "(?i:AM|PM)";
            case "K":
                Offset();
                return "(Z|[+-][0-9]{1,2}:?[0-9]{2})?";
            case "zzz":
                Offset();
                return "[+-][0-9]{1,2}:?[0-9]{2}";
            case " ": return "";
            default:
                string literal = part.Trim('\'');
                if (char.IsLetter(literal[0])) _word++;
                return $"[{literal}]";
        }
    }

    private OnnxValue Number() => _numbers.Value.Slice(_number, ++_number, axis: 1);

    private string TimePart(long milliseconds, long most)
    {
        var number = Number();
        _isDate = _isDate & !(number > _graph.Scalar(most));
        _time = _time + number * milliseconds;
        return "[0-9]{1,2}";
    }

    private string MonthName(string[] names)
    {
        _month = Token(_words.Value, _word++, [.. names.Take(12).Index().SelectMany(name => Cases(name.Item).Select(text => (text, name.Index + 1L)))], 0);
        return $"(?i:{string.Join('|', names.Take(12))})";

        // Each letter small or capital.
        static IEnumerable<string> Cases(string text) => Enumerable.Range(0, 1 << text.Length).Select(capitals => string.Concat(
            text.Select((letter, i) => (capitals >> i & 1) == 1 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter))));
    }

    private void Offset()
    {
        List<(string, long)> known = [("", 0)];
        for (int minutes = 0; minutes <= 14 * 60; minutes++)
        {
            foreach (string hours in new[] { $"{minutes / 60}", $"{minutes / 60:00}" })
            {
                foreach (string text in new[] { $"{hours}:{minutes % 60:00}", $"{hours}{minutes % 60:00}" })
                    known.AddRange([("+" + text, minutes), ("-" + text, -minutes)]);
            }
        }
        var offset = Token(Tokens("[+-][0-9]{1,2}:?[0-9]{2}", "", 1), 0, known, UnknownOffset);
        _isDate = _isDate & !offset.Is(UnknownOffset);
        _time = _time - offset * Minute;
    }

    private OnnxValue IsDayOfMonth()
    {
        var isMonth = _month > _graph.Scalar(0L) & _month < _graph.Scalar(13L);
        var isLeap = (_year % 4).Is(0) & (!(_year % 100).Is(0) | (_year % 400).Is(0));
        var most = _graph.Vector(DaysOfMonths).At(_month.Clip(_graph.Scalar(0L), _graph.Scalar(12L))) - (_month.Is(2) & !isLeap).Cast(OnnxType.Int64);
        return isMonth & _day > _graph.Scalar(0L) & !(_day > most) & _year > _graph.Scalar(0L);
    }

    /// <summary>What a token at a place stands for.</summary>
    private OnnxValue Token(OnnxValue tokens, int place, IEnumerable<(string Text, long Number)> known, long otherwise)
    {
        (string Text, long Number)[] all = [.. known.DistinctBy(one => one.Text)];
        return _graph.Apply(OnnxDomains.Learning, "LabelEncoder", [tokens.Slice(place, place + 1, axis: 1)],
            ("keys_strings", all.Select(one => one.Text).ToArray()), ("values_int64s", all.Select(one => one.Number).ToArray()), ("default_int64", otherwise));
    }

    /// <summary>The parts of the texts that fit an expression, rows × at least so many, filled up.</summary>
    private OnnxValue Tokens(string expression, string padding, int least)
    {
        var tokens = _graph.Apply(OnnxDomains.Runtime, "Tokenizer", [_texts],
            ("mark", 0L), ("mincharnum", 1L), ("pad_value", padding), ("tokenexp", expression));
        var more = _graph.Vector(padding).Reshape(1, 1, 1).Expand(_texts.Extent(0).Concat(0, _graph.Vector(1L, least)));
        return tokens.Concat(2, more).Reshape(_texts.Extent(0).Concat(0, _graph.Vector(-1L)));
    }

    [GeneratedRegex(@"yyyyMMdd|y+|M+|d+|H+|h+|m+|s+|\.F+|t+|K|z+|'.'|.")]
    private static partial Regex Parts();
}

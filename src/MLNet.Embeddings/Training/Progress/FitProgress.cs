using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Tells the caller how far a whole fit is: passes over the data, networks, the wide part, and what is weighed in the end.</summary>
/// <remarks>
/// The fit is a row of stages, each of parts that run side by side. The time that a part takes is guessed beforehand (<see cref="FitCosts"/>), by the pace of
/// the parts of its phase so far; once it runs, its own pace counts more and more. The share that is done grows by the part of the time left
/// that goes by, so that it never goes back, whatever becomes of the guesses.
/// </remarks>
/// <param name="target">Told one report at a time; null if nobody asks.</param>
/// <param name="rows">Number of rows; null as long as it is not known.</param>
internal sealed class FitProgress(IProgress<TrainingProgress>? target, long? rows)
{
    /// <summary>What no fit takes, in seconds: a guess from nothing may be beyond what a time can be.</summary>
    private const double MostSeconds = 1e9;

    private readonly Lock _lock = new();
    private readonly List<(int Threads, Part[] Parts)> _stages = [];
    private TrainingProgress _current = new();
    private long _last = Stopwatch.GetTimestamp();
    private bool _isPlanned;
    private double _done;

    /// <summary>Whether anybody asks.</summary>
    internal bool IsWatched => target is not null;

    /// <summary>Number of rows; null as long as it is not known.</summary>
    internal long? Rows { get; private set; } = rows;

    /// <summary>Adds a stage of one part.</summary>
    /// <param name="phase">What it does.</param>
    /// <param name="cost">The seconds that it may take for a number of rows.</param>
    internal Part Add(TrainingPhase phase, Func<double, double> cost) => Add(1, new Part(this, phase, cost))[0];

    /// <summary>Adds a stage of parts that run side by side.</summary>
    /// <param name="threads">How many at a time.</param>
    /// <param name="parts">The parts.</param>
    internal Part[] Add(int threads, params Part[] parts)
    {
        _stages.Add((threads, parts));
        return parts;
    }

    /// <summary>Says that all stages are added, so that there is a time left to be told.</summary>
    internal void Planned() => _isPlanned = true;

    /// <summary>Says how many rows a pass has met.</summary>
    internal void Know(long rows)
    {
        if (rows > 0) Rows ??= rows;
    }

    /// <summary>Passes on a report of a part, with what is known of the whole fit.</summary>
    internal void Report(Part part, double share, TrainingProgress report)
    {
        if (target is null) return;
        lock (_lock)
        {
            part.Move(share);
            var left = Pass();
            _current = report with { Phase = part.Phase, Network = part.Number, Networks = part.Count, Done = _done, Remaining = left };
            target.Report(_current);
        }
    }

    /// <summary>Tells that the fit is at its end.</summary>
    internal void Complete() => target?.Report(_current with { Completed = null, Done = 1, EpochRemaining = TimeSpan.Zero, Remaining = TimeSpan.Zero });

    /// <summary>Moves the share that is done; returns the time that is left, null where nobody can tell.</summary>
    private TimeSpan? Pass()
    {
        double passed = Stopwatch.GetElapsedTime(_last).TotalSeconds;
        _last = Stopwatch.GetTimestamp();
        if (!_isPlanned || Rows is not { } known || known == 0) return null;
        double left = _stages.Sum(stage =>
        {
            double[] parts = Array.ConvertAll(stage.Parts, part => part.Left(known, Pace(part.Phase, known)));
            return Math.Max(parts.Sum() / stage.Threads, parts.Max());
        });
        if (passed > 0) _done += (1 - _done) * passed / (passed + left);
        return TimeSpan.FromSeconds(Math.Min(left, MostSeconds));
    }

    /// <summary>What is measured of the parts of a phase that have begun, over what was guessed of them; 1 where none has.</summary>
    private double Pace(TrainingPhase phase, long known)
    {
        var begun = _stages.SelectMany(stage => stage.Parts).Where(part => part.Phase == phase && part.HasBegun).Select(part => part.Measured(known)).ToArray();
        return begun.Length == 0 ? 1 : begun.Sum(part => part.Seconds) / begun.Sum(part => part.Guessed);
    }

    /// <summary>A part of a fit: all passes of a phase, one network, the wide part, or the weighing.</summary>
    /// <param name="all">The whole fit.</param>
    /// <param name="phase">What it does.</param>
    /// <param name="cost">The seconds that it may take for a number of rows.</param>
    /// <param name="number">Its number among those that run side by side, from 1.</param>
    /// <param name="count">How many these are.</param>
    internal sealed class Part(FitProgress all, TrainingPhase phase, Func<double, double> cost, int number = 1, int count = 1)
        : IProgress<TrainingProgress>
    {
        /// <summary>The guess counts as much as this share of the part, once that is measured.</summary>
        private const double Trust = 0.03;

        private const long MillisecondsBetween = 100;

        private TrainingProgress _report = new();
        private double _share, _begin, _passed, _seconds;
        private long _begun, _told;
        private bool _isEnded;
        private RowPass? _pass;

        internal TrainingPhase Phase => phase;

        internal int Number => number;

        internal int Count => count;

        /// <summary>Whether there was a report of it.</summary>
        internal bool HasBegun => _begun != 0;

        /// <summary>Takes the reports of a network; null if nobody asks.</summary>
        internal IProgress<TrainingProgress>? Network => all.IsWatched ? this : null;

        /// <summary>Takes a report of the network.</summary>
        public void Report(TrainingProgress value)
        {
            _report = value;
            Tell((value.Epoch - 1 + (double)value.Step / value.Steps) / value.MaxEpochs, value);
        }

        /// <summary>Begins the next pass of the part over rows.</summary>
        /// <param name="column">The column that it is for; null for none or all.</param>
        /// <param name="portion">What it is of the whole part.</param>
        /// <param name="cancellation">Ends it.</param>
        /// <param name="items">How many there are, where these are not the rows of the fit; 0 if nobody knows.</param>
        internal RowPass Pass(string? column, double portion, CancellationToken cancellation, long? items = null)
        {
            if (_pass is not null) all.Know(_pass.Rows);
            double before = _passed;
            Move(before);
            _passed = Math.Min(1, before + portion);
            var pass = new RowPass(cancellation, !all.IsWatched ? null : rows =>
            {
                long total = items ?? all.Rows ?? 0;
                _report = new() { Column = column, Step = int.CreateSaturating(rows), Steps = int.CreateSaturating(total) };
                Tell(total == 0 ? before : Math.Min(_passed, before + portion * rows / total), _report);
            });
            if (items is null) _pass = pass;
            return pass;
        }

        /// <summary>Says, not too often, that a share of what was left is done.</summary>
        internal void Approach(double share)
        {
            Move(_share + (1 - _share) * share);
            Beat();
        }

        /// <summary>Says again, not too often, how far the part is, once it has begun.</summary>
        internal void Beat()
        {
            if (HasBegun && Environment.TickCount64 - _told >= MillisecondsBetween) Tell(_share, _report with { Completed = null });
        }

        /// <summary>Says that the part needs no more time.</summary>
        internal void Finish()
        {
            if (_pass is not null)
            {
                all.Know(_pass.Rows);
                Move(1);
            }
            _seconds = Elapsed;
            _isEnded = true;
        }

        /// <summary>Sets the share that is done.</summary>
        internal void Move(double share)
        {
            if (!HasBegun) (_begun, _begin) = (Stopwatch.GetTimestamp(), share);
            _share = Math.Max(_share, share);
        }

        /// <summary>The seconds that are left.</summary>
        /// <param name="rows">Number of rows.</param>
        /// <param name="pace">What the guess is to be multiplied by.</param>
        internal double Left(long rows, double pace)
        {
            if (_isEnded) return 0;
            double guess = cost(rows) * pace;
            return HasBegun ? (1 - _share) * (Elapsed + Trust * guess) / (_share - _begin + Trust) : guess;
        }

        /// <summary>The seconds that the part took so far, and those that were guessed for this share of it, both with what the guess counts.</summary>
        internal (double Seconds, double Guessed) Measured(long rows) => (Elapsed + Trust * cost(rows), (_share - _begin + Trust) * cost(rows));

        private double Elapsed => _isEnded ? _seconds : HasBegun ? Stopwatch.GetElapsedTime(_begun).TotalSeconds : 0;

        private void Tell(double share, TrainingProgress report)
        {
            _told = Environment.TickCount64;
            all.Report(this, share, report);
        }
    }
}

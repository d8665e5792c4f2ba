using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>抄表: what a meter showed on a day. Never edited; a correction is a new reading that replaces it.</summary>
public sealed class MeterReading : Versioned
{
    private MeterReading() { }

    /// <summary>
    /// <paramref name="rolledOver"/>: 过零: whether the counter passed 0 since the reading before. <paramref name="key"/>: new for each empty form, so that
    /// a form sent twice is recorded once.
    /// </summary>
    public MeterReading(
        long meterId, DateOnly day, decimal value, ReadingSource source, bool rolledOver, long? by, DateTimeOffset at, Guid key, string? note = null)
    {
        (MeterId, Day, Value, Source, RolledOver) = (meterId, day, value, source, rolledOver);
        (RecordedById, RecordedAt, Key, Note) = (by, at, key, note is null ? null : CleanText.Clean(note));
    }

    public long MeterId { get; private set; }
    public DateOnly Day { get; private set; }

    /// <summary>As the counter shows it, before the multiplier.</summary>
    public decimal Value { get; private set; }
    public ReadingSource Source { get; private set; }
    public bool RolledOver { get; private set; }
    public long? RecordedById { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }
    public Guid Key { get; private set; }

    /// <summary>Why an unusual reading is right, or why one was corrected.</summary>
    public string? Note { get; private set; }

    /// <summary>The stored picture of the counter.</summary>
    public Guid? PhotoKey { get; private set; }

    /// <summary>The reading that corrects this one; null while it counts.</summary>
    public long? ReplacedById { get; private set; }
    public DateTimeOffset? ReplacedAt { get; private set; }

    public bool IsEstimate => Source == ReadingSource.Estimated;

    public void Attach(Guid photo) => PhotoKey = photo;

    /// <summary>Removes it from what counts, first without a successor: only one reading of a day may count at a time.</summary>
    public void Replace(DateTimeOffset at, long? by = null) => (ReplacedAt, ReplacedById) = (at, by);
}

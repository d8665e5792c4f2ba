namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A student and the bed that a fill would give; none where no bed is left for them.</summary>
public sealed record BedFillRow(long PersonId, string Name, string? Number, string ClassName, EntryBed? Bed);

/// <summary>What a fill would do now. <paramref name="Hash"/> says whether it would still do the same later.</summary>
public sealed record BedFillPreview(long Seed, string Hash, IReadOnlyList<BedFillRow> Rows)
{
    public int Placed => Rows.Count(r => r.Bed is not null);
    public int Unplaced => Rows.Count - Placed;
}

/// <summary>A fill that was done; <paramref name="Open"/> of its people still have the bed and are not checked in.</summary>
public sealed record BedFillItem(long Id, long Seed, int Count, int Open, string By, DateTimeOffset At, string? UndoneBy, DateTimeOffset? UndoneAt);

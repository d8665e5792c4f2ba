namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>A charge, or what is unpaid of it. <paramref name="KindId"/> is null for what is no bill, such as a refund.</summary>
public sealed record UnpaidPart(long? KindId, DateOnly Day, long Fen)
{
    public ArrearsAge AgeOn(DateOnly today) => (today.DayNumber - Day.DayNumber) switch
    {
        <= 30 => ArrearsAge.UpTo30,
        <= 60 => ArrearsAge.UpTo60,
        <= 90 => ArrearsAge.UpTo90,
        _ => ArrearsAge.Over90,
    };
}

/// <summary>What of an account's charges is unpaid: whatever comes in pays the oldest first, so that the newest make up what is owed.</summary>
public static class Unpaid
{
    public static IReadOnlyList<UnpaidPart> Of(long owedFen, IEnumerable<UnpaidPart> newestFirst)
    {
        List<UnpaidPart> unpaid = [];
        foreach (var charge in newestFirst)
        {
            if (owedFen <= 0) break;
            var part = Math.Min(owedFen, charge.Fen);
            unpaid.Add(charge with { Fen = part });
            owedFen -= part;
        }
        return unpaid;
    }
}

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>A kind of fee that an account is charged, what applies to it, what is unpaid of it, and since when.</summary>
public sealed record KindFacts(long KindId, ArrearsTerms Terms, long UnpaidFen, DateOnly? Oldest)
{
    public bool IsInArrears => Terms.ArrearsFen > 0 && UnpaidFen >= Terms.ArrearsFen;
}

/// <summary>An account as the rule sees it: its balance, the kinds it is charged, and when its payers were last told what.</summary>
public sealed record ArrearsFacts(long BalanceFen, IReadOnlyList<KindFacts> Kinds, DateOnly? LastLow = null, DateOnly? LastReminder = null);

/// <summary>Who is told what on a day, and what is cut off. A pure function of facts, which is asked inside the write that acts on its answer.</summary>
public static class ArrearsRule
{
    /// <summary>The days between reminders that somebody sends for kinds without any terms.</summary>
    public const int UsualCoolDown = 3;

    /// <summary>
    /// The notice that is due: of arrears once the oldest unpaid bill is old enough, otherwise of a low balance. Never more than one, never two of
    /// a kind within the cool-down, and none of a low balance to somebody in arrears.
    /// </summary>
    public static FeeNoticeKind? Due(ArrearsFacts facts, DateOnly today)
    {
        List<KindFacts> owed = [.. facts.Kinds.Where(k => k.IsInArrears)];
        if (owed.Count > 0)
        {
            List<KindFacts> old = [.. owed.Where(k => k.Oldest is { } day && day.AddDays(k.Terms.ReminderDays) <= today)];
            return old.Count > 0 && IsOver(facts.LastReminder, old, today) ? FeeNoticeKind.Arrears : null;
        }
        List<KindFacts> low = [.. facts.Kinds.Where(k => k.Terms.LowBalanceFen > 0 && facts.BalanceFen < k.Terms.LowBalanceFen)];
        return low.Count > 0 && IsOver(facts.LastLow, low, today) ? FeeNoticeKind.LowBalance : null;
    }

    /// <summary>The first day on which somebody may remind the payers of an account that owes; null when nothing is owed.</summary>
    public static DateOnly? MayRemindFrom(ArrearsFacts facts, DateOnly today)
    {
        if (facts.BalanceFen >= 0) return null;
        if (facts.LastReminder is not { } last) return today;
        var next = last.AddDays(CoolDown(facts.Kinds.Where(k => k.UnpaidFen > 0)));
        return next > today ? next : today;
    }

    /// <summary>The kinds whose cut-off is announced.</summary>
    public static IEnumerable<KindFacts> ToCutOff(ArrearsFacts facts) =>
        facts.Kinds.Where(k => k.Terms.MayCutOff && k.UnpaidFen >= k.Terms.CutOffFen);

    private static bool IsOver(DateOnly? last, IEnumerable<KindFacts> kinds, DateOnly today) => last is not { } day || day.AddDays(CoolDown(kinds)) <= today;

    private static int CoolDown(IEnumerable<KindFacts> kinds) => Math.Max(1, kinds.Select(k => k.Terms.CoolDownDays).DefaultIfEmpty(UsualCoolDown).Min());
}

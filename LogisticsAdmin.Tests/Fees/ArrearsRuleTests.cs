using CsCheck;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What is unpaid, who is told when, the moves of a cut-off and the hours in which it may be carried out.</summary>
public sealed class ArrearsRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly Gen<UnpaidPart[]> Charges =
        Gen.Select(Gen.Long[1, 3], Gen.Int[0, 200], Gen.Long[1, 100_000]).Select((kind, age, fen) => new UnpaidPart(kind, Today.AddDays(-age), fen))
            .Array[1, 12].Select(all => all.OrderByDescending(c => c.Day).ToArray());

    private static readonly Gen<ArrearsTerms> Terms =
        Gen.Select(Gen.Long[0, 5_000], Gen.Long[0, 5_000], Gen.Int[0, 20], Gen.Int[0, 10], Gen.Long[0, 5_000], Gen.Int[0, 5])
            .Select((low, arrears, days, cool, cut, notice) => new ArrearsTerms(low, arrears, days, cool, cut, notice));

    [Fact]
    public void Unpaid_parts_add_up_to_the_debt_and_are_the_newest_charges() => Gen.Select(Charges, Gen.Double[0, 1]).Sample((charges, share) =>
    {
        var owed = (long)(charges.Sum(c => c.Fen) * share);
        var unpaid = Unpaid.Of(owed, charges);
        return unpaid.Sum(u => u.Fen) == owed && unpaid.All(u => u.Fen > 0)
            && unpaid.SkipLast(1).Zip(charges).All(p => p.First == p.Second);
    });

    [Fact]
    public void Paying_more_makes_no_debt_of_any_age_or_kind_larger() => Gen.Select(Charges, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((charges, one, other) =>
    {
        var all = charges.Sum(c => c.Fen);
        var (less, more) = (Unpaid.Of((long)(all * Math.Min(one, other)), charges), Unpaid.Of((long)(all * Math.Max(one, other)), charges));
        return Enum.GetValues<ArrearsAge>().All(age => Sum(less, u => u.AgeOn(Today) == age) <= Sum(more, u => u.AgeOn(Today) == age))
            && new long?[] { 1, 2, 3 }.All(kind => Sum(less, u => u.KindId == kind) <= Sum(more, u => u.KindId == kind));

        static long Sum(IEnumerable<UnpaidPart> parts, Func<UnpaidPart, bool> which) => parts.Where(which).Sum(p => p.Fen);
    });

    [Theory]
    [InlineData(0, ArrearsAge.UpTo30)]
    [InlineData(30, ArrearsAge.UpTo30)]
    [InlineData(31, ArrearsAge.UpTo60)]
    [InlineData(60, ArrearsAge.UpTo60)]
    [InlineData(61, ArrearsAge.UpTo90)]
    [InlineData(90, ArrearsAge.UpTo90)]
    [InlineData(91, ArrearsAge.Over90)]
    public void A_debt_ages_by_days(int days, ArrearsAge age) => Assert.Equal(age, new UnpaidPart(1, Today.AddDays(-days), 1).AgeOn(Today));

    [Fact]
    public void Notices_of_a_kind_keep_their_distance_and_nobody_in_arrears_is_told_of_a_low_balance() =>
        Gen.Select(Terms, Gen.Long[-10_000, 10_000].Array[20, 80]).Sample((terms, balances) =>
        {
            DateOnly? low = null, reminder = null;
            for (var day = 0; day < balances.Length; day++)
            {
                var (today, owed) = (Today.AddDays(day), Math.Max(0, -balances[day]));
                var kind = new KindFacts(1, terms, owed, owed > 0 ? today.AddDays(-day % 30) : null);
                var facts = new ArrearsFacts(balances[day], [kind], low, reminder);
                switch (ArrearsRule.Due(facts, today))
                {
                    case FeeNoticeKind.LowBalance:
                        if (kind.IsInArrears || balances[day] >= terms.LowBalanceFen || low > today.AddDays(-Math.Max(1, terms.CoolDownDays))) return false;
                        low = today;
                        break;
                    case FeeNoticeKind.Arrears:
                        if (!kind.IsInArrears || reminder > today.AddDays(-Math.Max(1, terms.CoolDownDays))) return false;
                        reminder = today;
                        break;
                }
                // Asked again at once, it has nothing more of the same kind to say.
                var again = facts with { LastLow = low, LastReminder = reminder };
                if (ArrearsRule.Due(again, today) is not null) return false;
                if (ArrearsRule.ToCutOff(facts).Any() && (terms.CutOffFen == 0 || terms.NoticeDays == 0 || owed < terms.CutOffFen)) return false;
            }
            return true;
        });

    [Fact]
    public void A_reminder_waits_for_the_age_of_the_oldest_bill_and_a_person_may_remind_before_but_not_within_the_cool_down()
    {
        var kind = new KindFacts(1, new ArrearsTerms(0, 1_000, 10, 5, 0, 0), 1_000, Today.AddDays(-9));
        var facts = new ArrearsFacts(-1_000, [kind]);

        Assert.Null(ArrearsRule.Due(facts, Today));
        Assert.Equal(FeeNoticeKind.Arrears, ArrearsRule.Due(facts, Today.AddDays(1)));
        Assert.Null(ArrearsRule.Due(facts with { Kinds = [kind with { UnpaidFen = 999 }] }, Today.AddDays(1)));
        Assert.Equal(Today, ArrearsRule.MayRemindFrom(facts, Today));
        Assert.Equal(Today.AddDays(2), ArrearsRule.MayRemindFrom(facts with { LastReminder = Today.AddDays(-3) }, Today));
        Assert.Null(ArrearsRule.MayRemindFrom(facts with { BalanceFen = 0 }, Today));
    }

    public static TheoryData<CutOffState, CutOffVerb> Forbidden()
    {
        (CutOffState, CutOffVerb)[] allowed =
        [
            (CutOffState.Announced, CutOffVerb.Propose), (CutOffState.Announced, CutOffVerb.Pay), (CutOffState.Announced, CutOffVerb.TakeBack),
            (CutOffState.Proposed, CutOffVerb.Approve), (CutOffState.Proposed, CutOffVerb.Pay), (CutOffState.Proposed, CutOffVerb.TakeBack),
            (CutOffState.Approved, CutOffVerb.Assign), (CutOffState.Approved, CutOffVerb.Pay), (CutOffState.Approved, CutOffVerb.TakeBack),
            (CutOffState.Assigned, CutOffVerb.Assign), (CutOffState.Assigned, CutOffVerb.Cut), (CutOffState.Assigned, CutOffVerb.Pay),
            (CutOffState.Assigned, CutOffVerb.TakeBack), (CutOffState.Cut, CutOffVerb.Pay), (CutOffState.Cut, CutOffVerb.AskRestore),
            (CutOffState.ToRestore, CutOffVerb.Assign), (CutOffState.ToRestore, CutOffVerb.Restore), (CutOffState.TakenBack, CutOffVerb.ReportCut),
            (CutOffState.Assigned, CutOffVerb.Release), (CutOffState.ToRestore, CutOffVerb.Release),
        ];
        Assert.All(allowed, move => Assert.NotNull(CutOffMoves.After(move.Item1, move.Item2)));
        TheoryData<CutOffState, CutOffVerb> data = [];
        foreach (var state in Enum.GetValues<CutOffState>())
        {
            foreach (var verb in Enum.GetValues<CutOffVerb>().Where(v => !allowed.Contains((state, v)))) data.Add(state, verb);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void A_cut_off_refuses_every_other_move(CutOffState state, CutOffVerb verb)
    {
        Assert.Null(CutOffMoves.After(state, verb));
        var order = In(state);
        // One verb of the entity takes back before and asks to restore after the cut-off.
        if (verb is CutOffVerb.AskRestore or CutOffVerb.TakeBack && (state == CutOffState.Cut || CutOffMoves.BeforeCut.Contains(state))) return;

        var refused = Assert.Throws<Rejected>(() => Do(order, verb));

        Assert.Equal(("OtherState", state), (refused.Code, order.State));
    }

    [Theory]
    [InlineData("2026-11-23 10:00", null)]
    [InlineData("2026-11-23 08:00", null)]
    [InlineData("2026-11-23 07:59", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-23 12:30", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-23 17:30", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-23 23:00", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-24 02:00", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-28 10:00", CutOffObstacle.Weekend)]
    [InlineData("2026-11-29 10:00", CutOffObstacle.Weekend)]
    [InlineData("2026-10-01 10:00", CutOffObstacle.Holiday)]
    [InlineData("2026-10-03 10:00", CutOffObstacle.Holiday)]
    [InlineData("2026-10-10 10:00", null)]
    [InlineData("2026-10-10 20:00", CutOffObstacle.OutsideHours)]
    [InlineData("2027-01-05 10:00", CutOffObstacle.ExamWeek)]
    [InlineData("2027-01-09 10:00", CutOffObstacle.ExamWeek)]
    [InlineData("2027-01-11 10:00", null)]
    public void It_is_carried_out_by_day_in_working_time_and_never_on_weekends_holidays_or_in_examination_weeks(string local, CutOffObstacle? obstacle)
    {
        CalendarSpan[] spans =
        [
            new(new(2026, 10, 1), new(2026, 10, 7), SpanKind.Holiday, "国庆节", "National Day"),
            new(new(2026, 10, 10), new(2026, 10, 10), SpanKind.MakeUpWorkday, "国庆节调休", "Make-up day"),
        ];
        ExamPeriod[] exams = [new(new(2027, 1, 4), new(2027, 1, 10), "期末考试")];

        Assert.Equal(obstacle, CutOffHours.At(At(local), new OfficeWeek(Slots(8, 12).Concat(Slots(14, 17, 30)), spans), exams));
    }

    [Theory]
    [InlineData("2026-11-23 03:00", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-23 18:00", CutOffObstacle.OutsideHours)]
    [InlineData("2026-11-28 10:00", CutOffObstacle.Weekend)]
    [InlineData("2026-11-23 12:30", null)]
    public void An_office_that_works_around_the_clock_or_has_no_hours_cuts_off_on_weekdays_by_day(string local, CutOffObstacle? obstacle)
    {
        var around = Enum.GetValues<DayOfWeek>().Select(d => new OfficeSlot(Season.Term, d, new TimeOnly(0, 0), new TimeOnly(0, 0)));

        Assert.Equal(obstacle, CutOffHours.At(At(local), new OfficeWeek(around, []), []));
        Assert.Equal(obstacle, CutOffHours.At(At(local), new OfficeWeek([], []), []));
    }

    [Fact]
    public void A_leak_earns_each_day_from_its_48th_hour_until_it_is_repaired()
    {
        var reported = new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.FromHours(8));

        Assert.Empty(Days(null, reported.AddHours(48)));
        Assert.Equal([22], Days(null, reported.AddHours(49)));
        Assert.Equal([22, 23, 24], Days(null, reported.AddHours(49 + 48)));
        Assert.Equal([22, 23], Days(reported.AddHours(49 + 24), reported.AddDays(30)));
        Assert.Empty(Days(reported.AddHours(47), reported.AddDays(30)));
        Assert.Equal([24], Days(null, reported.AddHours(49 + 48), since: 24));

        int[] Days(DateTimeOffset? repaired, DateTimeOffset now, int since = 1) =>
        [
            .. LeakRule.Days(reported, repaired, now, new DateOnly(2026, 11, since), at => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime))
                .Select(d => d.Day),
        ];
    }

    private static DateTime At(string local) => DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", null);

    private static IEnumerable<OfficeSlot> Slots(int from, int to, int minute = 0) =>
        Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(d => new OfficeSlot(Season.Term, d, new TimeOnly(from, 0), new TimeOnly(to, minute)));

    private static CutOffOrder In(CutOffState state)
    {
        var order = new CutOffOrder("TG20261123-0001", 1, 1, 10_000, 5_000, Today, DateTimeOffset.UnixEpoch);
        CutOffVerb[] path = state switch
        {
            CutOffState.Announced => [],
            CutOffState.Proposed => [CutOffVerb.Propose],
            CutOffState.Approved => [CutOffVerb.Propose, CutOffVerb.Approve],
            CutOffState.Assigned => [CutOffVerb.Propose, CutOffVerb.Approve, CutOffVerb.Assign],
            CutOffState.Cut => [CutOffVerb.Propose, CutOffVerb.Approve, CutOffVerb.Assign, CutOffVerb.Cut],
            CutOffState.ToRestore => [CutOffVerb.Propose, CutOffVerb.Approve, CutOffVerb.Assign, CutOffVerb.Cut, CutOffVerb.Pay],
            CutOffState.Restored => [CutOffVerb.Propose, CutOffVerb.Approve, CutOffVerb.Assign, CutOffVerb.Cut, CutOffVerb.Pay, CutOffVerb.Restore],
            _ => [CutOffVerb.TakeBack],
        };
        foreach (var verb in path) Do(order, verb);
        Assert.Equal(state, order.State);
        return order;
    }

    private static void Do(CutOffOrder order, CutOffVerb verb)
    {
        var at = DateTimeOffset.UnixEpoch;
        switch (verb)
        {
            case CutOffVerb.Propose: order.Propose(); break;
            case CutOffVerb.Approve: order.Approve(1, at); break;
            case CutOffVerb.Assign: order.Assign(2, 1); break;
            case CutOffVerb.Cut: order.Cut(2, null, at); break;
            case CutOffVerb.Pay: order.Pay(at); break;
            case CutOffVerb.TakeBack or CutOffVerb.AskRestore: order.TakeBack(1, "困难家庭", at); break;
            case CutOffVerb.ReportCut: order.ReportCut(2, null, at); break;
            case CutOffVerb.Release: order.Release(); break;
            default: order.Restore(2, null, at); break;
        }
    }
}

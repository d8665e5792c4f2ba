using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Steps of the tests of what freshmen do themselves.</summary>
internal static class ChoosingSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestHost host)
    {
        /// <summary>The service as one of the students.</summary>
        public async Task<ChoosingService> AsFreshmanAsync(int number) =>
            (await host.AsAsync(FormattableString.Invariant($"freshman{number}"))).Get<ChoosingService>();

        /// <summary>Changes rows directly, in one write.</summary>
        public Task ChangeAsync(Func<LogisticsDb, Task> change) => host.InDatabaseAsync(db => db.WriteAsync(async _ =>
        {
            await change(db);
            return 0;
        }, Ct));

        public Task CloseSeasonAsync() => host.ChangeAsync(async db => (await db.OnboardingSeasons.SingleAsync(Ct)).Close(TestHost.Start));

        /// <summary>Puts money on the account of a student.</summary>
        public async Task GiveMoneyAsync(string user, long fen)
        {
            var ledger = host.AsSystem().Get<LedgerWriter>();
            await host.ChangeAsync(async db =>
            {
                var person = await db.Users.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync(Ct);
                var (account, cash) = (
                    await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(person), Ct),
                    await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), Ct));
                await ledger.PostAsync(db, TransactionKind.TopUp, $"test:{person}", [(account, new Money(fen)), (cash, new Money(-fen))], Ct);
            });
        }

        /// <summary>Papers of the season, by their ids.</summary>
        public Task<IReadOnlyList<long>> PapersAsync(long season, int count) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            List<SeasonPaper> papers = [.. Enumerable.Range(1, count).Select(n => PaperOf(season, n))];
            db.SeasonPapers.AddRange(papers);
            await db.SaveChangesAsync(token);
            return (IReadOnlyList<long>)papers.ConvertAll(p => p.Id);
        }, Ct));

        /// <summary>Times of the desk on the first day of arrival, one hour each, by their ids.</summary>
        public Task<IReadOnlyList<long>> DeskTimesAsync(long season, params int[] capacities) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            List<DeskTime> times =
            [
                .. capacities.Select((capacity, n) => new DeskTime(
                    season, new DateOnly(2026, 11, 25), new TimeOnly(8 + n, 0), new TimeOnly(9 + n, 0), capacity)),
            ];
            db.DeskTimes.AddRange(times);
            await db.SaveChangesAsync(token);
            return (IReadOnlyList<long>)times.ConvertAll(t => t.Id);
        }, Ct));
    }

    public static SeasonPaper PaperOf(long season, int number) => new(
        season, new LocalName($"住宿须知{number}", $"Rules {number}"), new LocalName("一、不使用大功率电器。\n二、23:00 熄灯。", "Lights go out at 23:00."));

    /// <summary>The refusal's code, or null when it was done.</summary>
    public static async Task<string?> CodeOfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    /// <summary>A season in which the resident of the tests is, with a paper, so that the page of a paper has something to show.</summary>
    public static async Task<int> AddFirstPaperAsync(LogisticsDb db)
    {
        if (await db.SeasonPapers.AnyAsync()) return 0;
        var person = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync();
        await db.WriteAsync(async token =>
        {
            var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.State == SeasonState.Open, token);
            if (season is null)
            {
                season = new OnboardingSeason(new LocalName("2026级迎新", "Intake of 2026"), 2026, new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 27));
                season.Open(TestHost.Start);
                db.OnboardingSeasons.Add(season);
                await db.SaveChangesAsync(token);
            }
            var group = new SeasonGroup(season.Id, "预科", TestHost.Start.AddHours(-1), TestHost.Start.AddYears(1));
            group.SetRooms([new GroupRooms(await db.Set<Room>().OrderBy(r => r.Id).Select(r => r.BuildingId).FirstAsync(token), null, null, Gender.Unknown)]);
            db.SeasonGroups.Add(group);
            db.SeasonPapers.Add(PaperOf(season.Id, 1));
            await db.SaveChangesAsync(token);
            db.Freshmen.Add(new Freshman(season.Id, group.Id, person, ArrivalCode.New()));
        });
        return 1;
    }
}

using System.Net;
using System.Text;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The office reads seasons, the management changes them; files and pages are for the office.</summary>
public sealed class SeasonAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Resident, false, false)]
    [InlineData("freshman1", false, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Administrator, true, true)]
    public async Task The_office_reads_and_the_management_changes(string who, bool reads, bool changes)
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 30);
        var desk = await host.AsAsync(who);
        var (queries, seasons) = (desk.Get<SeasonQueries>(), desk.Get<SeasonService>());

        await MayAsync(reads, () => queries.ListAsync(new SeasonFilter(), Ct));
        await MayAsync(reads, () => queries.AllAsync(new SeasonFilter(), Ct));
        await MayAsync(reads, () => queries.FindAsync(intake.Season, Ct));
        await MayAsync(reads, () => queries.GroupsAsync(intake.Season, Ct));
        await MayAsync(reads, () => queries.StudentsAsync(intake.Season, Ct));
        await MayAsync(reads, () => queries.BuildingsAsync(Ct));
        await MayAsync(reads, () => queries.GoodsAsync(intake.Season, Ct));
        await MayAsync(changes, () => seasons.AddAsync(SeasonSteps.Season(), Ct));
        await MayAsync(changes, () => seasons.SaveAsync(intake.Season, SeasonSteps.Season(version: 1), Ct));
        await MayAsync(changes, () => seasons.CopyAsync(intake.Season, SeasonSteps.Season(), Ct));
        await MayAsync(changes, () => seasons.DeleteAsync(intake.Season, Ct));
        await MayAsync(changes, () => seasons.OpenAsync(intake.Season, Ct));
        await MayAsync(changes, () => seasons.AddGroupAsync(intake.Season, SeasonSteps.Group(), Ct));
        await MayAsync(changes, () => seasons.SaveGroupAsync(intake.Group, SeasonSteps.Group(), Ct));
        await MayAsync(changes, () => seasons.RemoveGroupAsync(intake.Group, Ct));
        await MayAsync(changes, () => seasons.AddFeeAsync(intake.Season, SeasonSteps.Fee(), Ct));
        await MayAsync(changes, () => seasons.SaveFeeAsync(1, SeasonSteps.Fee(), Ct));
        await MayAsync(changes, () => seasons.RemoveFeeAsync(1, Ct));
        await MayAsync(changes, () => seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = 1 }, Ct));
        await MayAsync(changes, () => seasons.SaveItemAsync(1, new SeasonItemForm { ItemId = 1 }, Ct));
        await MayAsync(changes, () => seasons.RemoveItemAsync(1, Ct));
        await MayAsync(changes, () => seasons.AddPaperAsync(intake.Season, SeasonSteps.Paper(), Ct));
        await MayAsync(changes, () => seasons.SavePaperAsync(1, SeasonSteps.Paper(), Ct));
        await MayAsync(changes, () => seasons.RemovePaperAsync(1, Ct));
        await MayAsync(changes, () => seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(), Ct));
        await MayAsync(changes, () => seasons.SaveDeskTimeAsync(1, SeasonSteps.Time(), Ct));
        await MayAsync(changes, () => seasons.RemoveDeskTimeAsync(1, Ct));
        await MayAsync(changes, () => seasons.CloseAsync(intake.Season, Ct));
    }

    [Fact]
    public async Task Pages_and_files_are_for_the_office_and_a_file_starts_no_formula()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(OnboardingSteps.AddFirstSeasonAsync);
        foreach (var who in new[] { TestUsers.Resident, TestUsers.Technician, TestUsers.Dispatcher, TestUsers.Manager })
        {
            var client = await app.SignInAsync(who);
            var isOffice = who is TestUsers.Dispatcher or TestUsers.Manager;
            foreach (var address in new[]
            {
                "/exports/onboarding-seasons.xlsx?q=%25&state=nonsense", "/exports/onboarding-groups.csv?season=1",
                "/exports/onboarding-students.xlsx?season=1",
            })
            {
                Assert.Equal(isOffice ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await StatusAsync(client, address));
            }
            foreach (var address in new[] { "/onboarding/seasons", "/onboarding/seasons/1", "/onboarding/seasons/999" })
                Assert.Equal(isOffice, await StatusAsync(client, address) == HttpStatusCode.OK);
            if (!isOffice) continue;
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/exports/onboarding-students.csv?season=999"));
            var csv = Encoding.UTF8.GetString(await client.GetByteArrayAsync("/exports/onboarding-groups.csv?season=1", Ct));
            Assert.Contains("'=软件学院", csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_file_of_students_says_what_is_missing_and_who_has_which_bed()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 30);
        await host.WithFreshmenAsync(all =>
        {
            all[0].ConfirmData(null, TestHost.Start);
            all[0].Give(intake.Beds[5], null, TestHost.Start);
            all[1].Hold(intake.Beds[0], TestHost.Start.AddMinutes(5));
            all[2].Withdraw("出国", TestHost.Start);
        });

        var rows = await (await host.AsAsync(TestUsers.Dispatcher)).Get<SeasonQueries>().StudentsAsync(intake.Season, Ct);

        Assert.Equal(["20260001", "20260002", "20260003"], rows.Select(r => r.Number));
        Assert.Equal([OnboardingStep.Fees], rows[0].Missing);
        Assert.Equal(("102", "2", false), (rows[0].Room, rows[0].Bed, rows[0].IsHeldOnly));
        Assert.Equal([OnboardingStep.Data, OnboardingStep.Bed, OnboardingStep.Fees], rows[1].Missing);
        Assert.True(rows[1].IsHeldOnly);
        Assert.Equal((0, TestHost.Start), (rows[2].Missing.Count, rows[2].WithdrawnAt));
        Assert.All(rows, r => Assert.Equal(("软件学院", Intake.ClassName), (r.Group, r.ClassName)));
    }

    private static async Task MayAsync(bool may, Func<Task> act)
    {
        var refusal = await Record.ExceptionAsync(act);
        if (may) Assert.True(refusal is null or Rejected or Stale or NotFound, refusal?.ToString());
        else Assert.IsType<Forbidden>(refusal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        return response.StatusCode;
    }
}

using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Many students at once: a bed has one student, and nobody has two.</summary>
public sealed class BedRushTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_students_choose_two_hundred_beds_at_once()
    {
        const int Count = 200;
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(Count, Count);
        List<ChoosingService> students = [];
        for (var n = 1; n <= Count; n++) students.Add(await host.AsFreshmanAsync(n));

        var answers = await Task.WhenAll(students.Select((student, n) => Task.Run(() => RushAsync(student, n, intake.Beds), Ct)));

        Assert.All(answers.SelectMany(a => a), code => Assert.Equal("BedTaken", code));
        var freshmen = await host.InDatabaseAsync(db => db.Freshmen.AsNoTracking().ToListAsync(Ct));
        Assert.All(freshmen, f => Assert.True(f.HasBed));
        Assert.Equal(intake.Beds.Order(), freshmen.Select(f => f.BedId!.Value).Order());
    }

    [Fact]
    public async Task Thirty_students_press_one_bed_and_one_has_it_until_the_hold_ends()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(30, 4);
        List<ChoosingService> students = [];
        for (var n = 1; n <= 30; n++) students.Add(await host.AsFreshmanAsync(n));
        for (var round = 0; round < 2; round++)
        {
            var answers = await Task.WhenAll(students.Select(s => Task.Run(() => ChoosingSteps.CodeOfAsync(() => s.HoldAsync(intake.Beds[0], Ct)), Ct)));
            Assert.Equal(1, answers.Count(a => a is null));
            Assert.All(answers.OfType<string>(), code => Assert.Equal("BedTaken", code));
            Assert.Equal(1, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(f => f.BedId != null, Ct)));
            host.Clock.Advance(OnboardingSeason.HoldFor);
        }
    }

    /// <summary>Tries beds in an order of the student's own, every second one by holding it first. Returns the refusals before the first success.</summary>
    private static async Task<List<string>> RushAsync(ChoosingService student, int n, IReadOnlyList<long> beds)
    {
        List<string> refused = [];
        long[] order = [.. beds];
        new Random(n).Shuffle(order);
        foreach (var bed in order)
        {
            if (await ChoosingSteps.CodeOfAsync(() => n % 2 == 0 ? student.ChooseBedAsync(bed, Ct) : student.HoldAsync(bed, Ct)) is { } code)
            {
                refused.Add(code);
                continue;
            }
            await student.ChooseAsync(Ct);
            break;
        }
        return refused;
    }
}

using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Administrators change crews, categories and visit slots; managers and dispatchers read them; nobody else does either.</summary>
public sealed class SettingsRoleTests
{
    private static readonly SettingsFilter All = new() { State = null };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, false)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task Every_reading_and_every_change_asks_for_the_right(string who, bool reads, bool changes)
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var crew = await admin.Get<CrewSettings>().SaveAsync(null, SettingsSample.Crew("idle"), Ct);
        var (group, slot) = await host.InDatabaseAsync(async db =>
            (await db.Categories.Where(c => c.Code == "water").Select(c => c.Id).SingleAsync(Ct), await db.VisitSlots.Select(s => s.Id).FirstAsync(Ct)));
        var leaf = await admin.Get<CategorySettings>().SaveAsync(null, SettingsSample.Leaf("water-spare", group), Ct);
        var desk = await host.AsAsync(who);
        var (crews, categories, slots) = (desk.Get<CrewSettings>(), desk.Get<CategorySettings>(), desk.Get<SlotSettings>());
        var why = new RetireForm { Reason = "不再使用" };
        var (crewVersion, leafVersion, slotVersion) = await host.InDatabaseAsync(async db => (
            await db.Set<Features.Places.Crew>().Where(c => c.Id == crew).Select(c => c.Version).SingleAsync(Ct),
            await db.Categories.Where(c => c.Id == leaf).Select(c => c.Version).SingleAsync(Ct),
            await db.VisitSlots.Where(s => s.Id == slot).Select(s => s.Version).SingleAsync(Ct)));

        await MayAsync(reads,
            () => crews.ListAsync(All, Ct), () => crews.MembersAsync(crew, Ct), () => crews.CountOpenAsync(crew, Ct),
            () => categories.ListAsync(All, Ct), () => categories.CountOpenAsync(leaf, Ct),
            () => slots.ListAsync(All, Ct), () => slots.CountOpenAsync(slot, Ct));
        await MayAsync(changes,
            () => crews.SaveAsync(null, SettingsSample.Crew("newer"), Ct),
            () => crews.SaveAsync(crew, SettingsSample.Crew("idle", crewVersion, "改名"), Ct),
            () => crews.RetireAsync(crew, why, Ct), () => crews.RestoreAsync(crew, Ct),
            () => categories.SaveAsync(null, SettingsSample.Leaf("water-newer", group), Ct),
            () => categories.SaveAsync(leaf, SettingsSample.Leaf("water-spare", group, leafVersion, "改名"), Ct),
            () => categories.MoveAsync(leaf, isUp: true, Ct),
            () => categories.RetireAsync(leaf, why, Ct), () => categories.RestoreAsync(leaf, Ct),
            () => slots.SaveAsync(null, SettingsSample.Slot(6, 7), Ct),
            () => slots.RetireAsync(slot, why, Ct), () => slots.RestoreAsync(slot, Ct),
            () => slots.SaveAsync(slot, SettingsSample.Slot(5, 6, slotVersion + 2), Ct));
    }

    private static async Task MayAsync(bool may, params Func<Task>[] actions)
    {
        foreach (var action in actions)
        {
            if (may) await action();
            else await Assert.ThrowsAsync<Forbidden>(action);
        }
    }
}

using System.Globalization;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static LogisticsAdmin.Tests.Repairs.Settings.SettingsSample;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Crews: what they are, what they repair and where, and what holds up their retirement.</summary>
public sealed class CrewSettingsTests
{
    private static readonly SettingsFilter All = new() { State = null };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_crew_is_listed_with_what_it_repairs_and_where_and_belongs_to_the_first_centre()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var (tap, leak, bamboo) = (await host.CategoryAsync("water-tap"), await host.CategoryAsync("water-leak"), await host.BuildingAsync("Z3"));
        var form = Crew("boilers");
        (form.Capacity, form.Categories, form.Buildings) = (12, [leak, tap, tap], [bamboo]);

        var id = await crews.SaveAsync(null, form, Ct);

        var row = Assert.Single(await crews.ListAsync(new SettingsFilter { Text = "nuantong" }, Ct));
        Assert.Equal((id, "boilers", 12, 0, 0), (row.Id, row.Code, row.Capacity, row.Technicians, row.Open));
        Assert.Equal([tap, leak], row.Categories.Select(c => c.Id));
        Assert.Equal(bamboo, Assert.Single(row.Buildings).Id);
        Assert.Empty(row.DefaultOf);
        var centres = await host.InDatabaseAsync(db => db.Set<Crew>().Select(c => c.CentreId).Distinct().ToListAsync(Ct));
        Assert.Single(centres);
    }

    [Fact]
    public async Task A_category_without_a_default_crew_gets_the_first_that_repairs_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (tap, leak) = (await host.CategoryAsync("water-tap"), await host.CategoryAsync("water-leak"));
        var kept = await host.InDatabaseAsync(async db =>
        {
            var category = await db.Categories.SingleAsync(c => c.Id == tap, Ct);
            category.SetDefaults(category.DefaultUrgency, null, category.Points);
            await db.SaveChangesAsync(Ct);
            return await db.Categories.Where(c => c.Id == leak).Select(c => c.DefaultCrewId).SingleAsync(Ct);
        });
        var form = Crew("boilers");
        form.Categories = [leak, tap];

        var id = await (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>().SaveAsync(null, form, Ct);

        var crews = await host.InDatabaseAsync(db =>
            db.Categories.Where(c => c.Id == tap || c.Id == leak).ToDictionaryAsync(c => c.Id, c => c.DefaultCrewId, Ct));
        Assert.Equal((id, kept), (crews[tap], crews[leak]));
    }

    [Fact]
    public async Task The_first_crew_of_a_new_office_brings_its_centre()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            foreach (var centre in await db.Set<Centre>().ToListAsync(Ct)) centre.Retire(TestHost.Start, null, "撤销");
            return await db.SaveChangesAsync(Ct);
        });
        var demoCentres = await host.InDatabaseAsync(db => db.Set<Centre>().CountAsync(Ct));

        // The code of the demo's centre is taken by a retired one, so the new one can't be stored.
        Assert.Equal(1, demoCentres);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Set<Centre>().SingleAsync(Ct)).Recode("former");
            return await db.SaveChangesAsync(Ct);
        });
        var id = await (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>().SaveAsync(null, Crew("boilers"), Ct);

        var centre = await host.InDatabaseAsync(db => db.Set<Crew>().Where(c => c.Id == id).Select(c => new { c.Centre.Code, c.Centre.Name }).SingleAsync(Ct));
        Assert.Equal(("repair", "维修中心"), (centre.Code, centre.Name));
    }

    [Fact]
    public async Task A_code_belongs_to_one_crew_also_when_it_is_retired()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var id = await crews.SaveAsync(null, Crew("boilers"), Ct);
        await crews.RetireAsync(id, Why, Ct);

        await RefusedAtAsync(nameof(CrewForm.Code), "CodeTaken", () => crews.SaveAsync(null, Crew("BOILERS"), Ct));

        Assert.Equal("AlreadyRetired", (await Assert.ThrowsAsync<Rejected>(() => crews.RetireAsync(id, Why, Ct))).Code);
        Assert.DoesNotContain(await crews.ListAsync(new SettingsFilter(), Ct), c => c.Id == id);
        Assert.Equal("不再使用", Assert.Single(await crews.ListAsync(new SettingsFilter { State = SettingState.Retired }, Ct)).RetiredBecause);
        await crews.RestoreAsync(id, Ct);
        Assert.Equal("NotRetired", (await Assert.ThrowsAsync<Rejected>(() => crews.RestoreAsync(id, Ct))).Code);
    }

    [Fact]
    public async Task A_crew_retires_only_without_people_and_without_categories_that_go_to_it_and_the_refusal_names_them()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var id = await host.CrewAsync("water-power");
        await host.TicketAsync(TicketStatus.Assigned);

        var members = await Assert.ThrowsAsync<Rejected>(() => crews.RetireAsync(id, Why, Ct));
        await host.InDatabaseAsync(async db =>
        {
            foreach (var person in await db.Users.Where(p => p.CrewId == id).ToListAsync(Ct)) person.JoinCrew(null);
            return await db.SaveChangesAsync(Ct);
        });
        var categories = await Assert.ThrowsAsync<Rejected>(() => crews.RetireAsync(id, Why, Ct));

        Assert.Equal("CrewHasMembers", members.Code);
        Assert.Contains("孙强", (string)members.Args[1]!, StringComparison.Ordinal);
        Assert.Equal("CrewIsDefault", categories.Code);
        Assert.Contains("水龙头", (string)categories.Args[1]!, StringComparison.Ordinal);
        Assert.Equal(1, await crews.CountOpenAsync(id, Ct));
    }

    [Fact]
    public async Task Only_somebody_of_the_crew_leads_it()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var (technician, resident) = ((await host.AsAsync(TestUsers.Technician)).PersonId, (await host.AsAsync(TestUsers.Resident)).PersonId);
        var crew = (await crews.ListAsync(All, Ct)).Single(c => c.Code == "water-power");
        var other = (await crews.ListAsync(All, Ct)).First(c => c.Code != "water-power");
        var (form, wrong, strange) = (FormOf(crew), FormOf(other), FormOf(crew));
        (form.LeadId, wrong.LeadId, strange.LeadId) = (technician, technician, resident);

        await RefusedAtAsync(nameof(CrewForm.LeadId), "NotInCrew", () => crews.SaveAsync(other.Id, wrong, Ct));
        await RefusedAtAsync(nameof(CrewForm.LeadId), "NotInCrew", () => crews.SaveAsync(crew.Id, strange, Ct));
        await crews.SaveAsync(crew.Id, form, Ct);

        var led = (await crews.ListAsync(All, Ct)).Single(c => c.Id == crew.Id);
        Assert.Equal("孙强", led.Lead);
        Assert.Contains(await crews.MembersAsync(crew.Id, Ct), m => m.Id == technician);
        var free = FormOf(led);
        free.LeadId = null;
        await crews.SaveAsync(crew.Id, free, Ct);
        Assert.Null((await crews.ListAsync(All, Ct)).Single(c => c.Id == crew.Id).Lead);
    }

    [Fact]
    public async Task Changed_lists_are_audited_once_each_and_make_older_forms_stale()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var (tap, leak, bamboo) = (await host.CategoryAsync("water-tap"), await host.CategoryAsync("water-leak"), await host.BuildingAsync("Z3"));
        var id = await crews.SaveAsync(null, Crew("boilers"), Ct);
        var row = (await crews.ListAsync(All, Ct)).Single(c => c.Id == id);
        var (first, second) = (FormOf(row), FormOf(row));
        (first.Categories, first.Buildings) = ([tap, leak], [bamboo]);

        await crews.SaveAsync(id, first, Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => crews.SaveAsync(id, second, Ct));
        var third = FormOf((await crews.ListAsync(All, Ct)).Single(c => c.Id == id));
        third.Categories = [leak];
        await crews.SaveAsync(id, third, Ct);
        await crews.SaveAsync(id, FormOf((await crews.ListAsync(All, Ct)).Single(c => c.Id == id)), Ct);

        Assert.Equal("郑海涛", stale.By);
        var lists = await host.InDatabaseAsync(db => db.Audit
            .Where(a => a.Entity == nameof(Crew) && a.EntityId == id && (a.Field == CrewSettings.CategoriesField || a.Field == CrewSettings.BuildingsField))
            .OrderBy(a => a.Id).Select(a => new { a.Field, a.Old, a.New, HasAct = a.Act > 0 }).ToListAsync(Ct));
        Assert.Equal(
            [("Categories", null, "water-leak, water-tap", true), ("Buildings", null, "Z3", true), ("Categories", "water-leak, water-tap", "water-leak", true)],
            lists.Select(l => (l.Field, l.Old, l.New, l.HasAct)));
    }

    [Fact]
    public async Task Numbers_names_and_lists_are_checked_at_their_fields()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        (string Field, Action<CrewForm> Break)[] wrong =
        [
            (nameof(CrewForm.Code), f => f.Code = "暖通"), (nameof(CrewForm.Code), f => f.Code = ""),
            (nameof(CrewForm.Code), f => f.Code = new string('a', 31)),
            (nameof(CrewForm.Name), f => f.Name = "\u200b"), (nameof(CrewForm.Name), f => f.Name = new string('长', 61)),
            (nameof(CrewForm.NameEn), f => f.NameEn = new string('x', 61)),
            (nameof(CrewForm.Capacity), f => f.Capacity = 0), (nameof(CrewForm.Capacity), f => f.Capacity = 1_000),
            (nameof(CrewForm.Buildings), f => f.Buildings = [.. Enumerable.Range(1, 61).Select(n => (long)n)]),
            (nameof(CrewForm.Buildings), f => f.Buildings = [987_654]), (nameof(CrewForm.Categories), f => f.Categories = [987_654]),
        ];
        foreach (var (field, spoil) in wrong)
        {
            var form = Crew("boilers");
            spoil(form);
            var refused = await Assert.ThrowsAsync<Rejected>(() => crews.SaveAsync(null, form, Ct));
            Assert.Contains(refused.Problems, p => p.Field == field);
        }
        var longest = Crew("boilers", name: new string('长', 60));
        (longest.NameEn, longest.Capacity) = (new string('x', 60), 999);
        await crews.SaveAsync(null, longest, Ct);
        await Assert.ThrowsAsync<Rejected>(() => crews.RetireAsync(1, new RetireForm { Reason = " " }, Ct));
    }

    [Fact]
    public async Task A_change_is_announced_in_the_same_write()
    {
        await using var host = await TestHost.OpenAsync();
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        using var changes = feed.Subscribe(null, change => change is KeyChanged { Topic: RepairSettings.Topic });

        var id = await (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>().SaveAsync(null, Crew("boilers"), Ct);

        var delivery = await changes.NextAsync(Ct);
        Assert.Equal(id, Assert.IsType<KeyChanged>(Assert.Single(delivery!.Changes)).Key);
    }
}

using System.Globalization;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Repairs.Settings.SettingsSample;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Categories on two levels, and what tickets keep of them.</summary>
public sealed class CategorySettingsTests
{
    private static readonly SettingsFilter All = new() { State = null };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<CategoryRow> RowAsync(CategorySettings categories, string code) =>
        (await categories.ListAsync(All, Ct)).Single(c => c.Code == code);

    [Fact]
    public async Task Open_tickets_keep_urgency_and_crew_and_new_ones_take_the_new_defaults()
    {
        await using var host = await TestHost.OpenAsync();
        var categories = (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>();
        var before = await host.TicketAsync();
        var (old, other) = (await host.CrewAsync("water-power"), await host.InDatabaseAsync(db =>
            db.Set<Features.Places.Crew>().Where(c => c.Code != "water-power").Select(c => c.Id).FirstAsync(Ct)));
        var row = await RowAsync(categories, "water-tap");
        Assert.Equal(1, row.Open);
        var form = FormOf(row);
        (form.Urgency, form.CrewId, form.Points) = (Urgency.Emergency, other, 3);

        await categories.SaveAsync(row.Id, form, Ct);
        var after = await host.TicketAsync();

        var kept = await host.RowAsync(before.Number);
        Assert.Equal((Urgency.Normal, before.DueAt, before.Version), (kept.Urgency, kept.DueAt, kept.Version));
        Assert.Equal(Urgency.Emergency, after.Urgency);
        var crews = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>().CrewsAsync([before.Id, after.Id], Ct);
        Assert.Equal((old, other), (crews[before.Id], crews[after.Id]));
        Assert.Equal(2, await categories.CountOpenAsync(row.Id, Ct));
    }

    [Fact]
    public async Task A_ticket_of_a_new_category_gets_the_limits_of_its_group_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.Get<ServiceLevelService>().SetAsync(new LevelForm
        {
            ForCategory = true,
            CategoryId = await host.CategoryAsync("water"),
            Urgency = Urgency.Normal,
            ResponseHours = 1,
            CompletionHours = 2,
            RoundTheClock = true,
            Why = "后勤例会纪要",
        }, Ct);
        await host.ClocksAsync();
        await admin.Get<CategorySettings>().SaveAsync(null, Leaf("water-spare", await host.CategoryAsync("water")), Ct);

        var number = await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(await host.FormAsync("water-spare"), Ct);

        var ticket = await host.RowAsync(number);
        Assert.Equal(ticket.SubmittedAt.AddHours(2), ticket.DueAt);
    }

    [Fact]
    public async Task Two_administrators_who_edit_one_category_are_told_of_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, second) = ((await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>(),
            (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>());
        var (one, two) = (FormOf(await RowAsync(first, "water-tap")), FormOf(await RowAsync(second, "water-tap")));
        (one.Name, two.Name) = ("龙头", "水嘴");
        var id = (await RowAsync(first, "water-tap")).Id;

        await first.SaveAsync(id, one, Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => second.SaveAsync(id, two, Ct));

        Assert.Equal("郑海涛", stale.By);
        Assert.Equal("龙头", (await RowAsync(first, "water-tap")).Name.Zh);
    }

    [Fact]
    public async Task Groups_and_categories_are_moved_among_their_own_and_stay_in_that_order()
    {
        await using var host = await TestHost.OpenAsync();
        var categories = (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>();
        var rows = await categories.ListAsync(All, Ct);
        var (groups, leaves) = (rows.Where(r => r.IsGroup).ToList(), rows.Where(r => r.ParentId == rows[0].Id).ToList());
        Assert.Equal((true, false, true), (groups[0].IsFirst, groups[0].IsLast, leaves[^1].IsLast));

        await categories.MoveAsync(groups[1].Id, isUp: true, Ct);
        await categories.MoveAsync(leaves[0].Id, isUp: false, Ct);
        await categories.MoveAsync(leaves[^1].Id, isUp: false, Ct);

        var moved = await categories.ListAsync(All, Ct);
        Assert.Equal([groups[1].Id, groups[0].Id, .. groups.Skip(2).Select(g => g.Id)], moved.Where(r => r.IsGroup).Select(r => r.Id));
        Assert.Equal([leaves[1].Id, leaves[0].Id, .. leaves.Skip(2).Select(l => l.Id)], moved.Where(r => r.ParentId == groups[0].Id).Select(r => r.Id));
        var offered = (await (await host.AsAsync(TestUsers.Dispatcher)).Choices.ChoicesAsync(Ct)).Categories;
        Assert.Equal(moved.Where(r => r.IsGroup).Select(r => r.Id), offered.Where(c => c.ParentId is null).Select(c => c.Id));
        var subjects = await (await host.AsAsync(TestUsers.Dispatcher)).Get<ServiceLevelService>().SubjectsAsync(Ct);
        Assert.Equal(moved.Select(r => r.Id), subjects.Select(s => s.Id));
    }

    [Fact]
    public async Task A_group_retires_after_its_categories_and_comes_back_before_them()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var categories = (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>();
        var group = await categories.SaveAsync(null, new CategoryForm { Code = "spare", Name = "备用", PlainName = "其他" }, Ct);
        var leaf = await categories.SaveAsync(null, Leaf("spare-one", group), Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => categories.RetireAsync(group, Why, Ct));
        await categories.RetireAsync(leaf, Why, Ct);
        await categories.RetireAsync(group, Why, Ct);
        var early = await Assert.ThrowsAsync<Rejected>(() => categories.RestoreAsync(leaf, Ct));

        Assert.Equal(("GroupHasCategories", 1, "备用类别"), (refused.Code, (int)refused.Args[0]!, (string)refused.Args[1]!));
        Assert.Equal("GroupIsRetired", early.Code);
        await categories.RestoreAsync(group, Ct);
        await categories.RestoreAsync(leaf, Ct);
        Assert.Equal("备用类别", (await categories.ListAsync(new SettingsFilter { Text = "spare-one" }, Ct)).Single(r => !r.IsGroup).Name.Zh);
    }

    [Fact]
    public async Task A_retired_category_is_refused_for_new_tickets_and_stays_on_old_ones()
    {
        await using var host = await TestHost.OpenAsync();
        var categories = (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>();
        var ticket = await host.TicketAsync();
        var form = await host.FormAsync();

        await categories.RetireAsync(form.CategoryId!.Value, Why, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(async () => await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(form, Ct));
        Assert.Equal("CategoryId", Assert.Single(refused.Problems).Field);
        Assert.Equal("水龙头", (await host.RowAsync(ticket.Number)).Category.Zh);
    }

    [Fact]
    public async Task Codes_groups_crews_and_points_are_checked_at_their_fields()
    {
        await using var host = await TestHost.OpenAsync();
        var categories = (await host.AsAsync(TestUsers.Administrator)).Get<CategorySettings>();
        var (water, leaf) = (await host.CategoryAsync("water"), await host.CategoryAsync("water-tap"));
        (string Field, Action<CategoryForm> Break)[] wrong =
        [
            (nameof(CategoryForm.Code), f => f.Code = "WATER-TAP"), (nameof(CategoryForm.Code), f => f.Code = "水"),
            (nameof(CategoryForm.ParentId), f => f.ParentId = leaf), (nameof(CategoryForm.ParentId), f => f.ParentId = 987_654),
            (nameof(CategoryForm.CrewId), f => f.CrewId = 987_654), (nameof(CategoryForm.Points), f => f.Points = 0),
            (nameof(CategoryForm.Points), f => f.Points = 21), (nameof(CategoryForm.Points), f => f.Points = null),
            (nameof(CategoryForm.PlainName), f => f.PlainName = new string('长', 61)), (nameof(CategoryForm.Urgency), f => f.Urgency = (Urgency)99),
        ];
        foreach (var (field, spoil) in wrong)
        {
            var form = Leaf("water-spare", water);
            spoil(form);
            var refused = await Assert.ThrowsAsync<Rejected>(() => categories.SaveAsync(null, form, Ct));
            Assert.Contains(refused.Problems, p => p.Field == field);
        }
        var group = FormOf(await RowAsync(categories, "water"));
        group.ParentId = await host.CategoryAsync("power");
        await RefusedAtAsync(nameof(CategoryForm.ParentId), "GroupStaysGroup", () => categories.SaveAsync(water, group, Ct));
    }

    [Fact]
    public async Task A_category_changes_its_group_unless_that_would_change_the_limits_of_open_tickets()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var categories = admin.Get<CategorySettings>();
        var ticket = await host.TicketAsync();
        var (power, water) = (await host.CategoryAsync("power"), await host.CategoryAsync("water"));
        var there = FormOf(await RowAsync(categories, "water-tap"));
        there.ParentId = power;
        var id = await categories.SaveAsync((await RowAsync(categories, "water-tap")).Id, there, Ct);
        Assert.Equal((power, true), await RowAsync(categories, "water-tap") is var row ? (row.ParentId!.Value, row.IsLast) : default);
        await admin.Get<ServiceLevelService>().SetAsync(new LevelForm
        {
            ForCategory = true,
            CategoryId = water,
            Urgency = Urgency.Normal,
            ResponseHours = 1,
            CompletionHours = 2,
            Why = "后勤例会纪要",
        }, Ct);
        var back = FormOf(await RowAsync(categories, "water-tap"));
        back.ParentId = water;

        await RefusedAtAsync(nameof(CategoryForm.ParentId), "MoveChangesLimits", () => categories.SaveAsync(id, back, Ct));
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CancelAsync(ticket.Id, new Features.Repairs.Work.NoteForm(), Ct);
        await categories.SaveAsync(id, back, Ct);
        Assert.Equal(water, (await RowAsync(categories, "water-tap")).ParentId);
    }

    [Fact]
    public async Task The_suggested_crew_follows_the_category_and_the_building()
    {
        await using var host = await TestHost.OpenAsync();
        var crews = (await host.AsAsync(TestUsers.Administrator)).Get<CrewSettings>();
        var (tap, bamboo, elsewhere) = (await host.CategoryAsync("water-tap"), await host.BuildingAsync("Z3"),
            await host.InDatabaseAsync(db => db.Set<Features.Places.Building>().Where(b => b.Code != "Z3").Select(b => b.Id).FirstAsync(Ct)));
        var usual = (await crews.ListAsync(All, Ct)).Single(c => c.Code == "water-power");
        var form = Crew("bamboo");
        (form.Categories, form.Buildings) = ([tap], [bamboo]);
        var local = await crews.SaveAsync(null, form, Ct);
        var ranking = (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>();

        async Task<long?> SuggestedAsync()
        {
            var ticket = await host.TicketAsync();
            return (await ranking.CrewsAsync([ticket.Id], Ct))[ticket.Id];
        }

        // The default crew works everywhere, so it stays responsible.
        Assert.Equal(usual.Id, await SuggestedAsync());
        var narrowed = FormOf(usual);
        narrowed.Buildings = [elsewhere];
        await crews.SaveAsync(usual.Id, narrowed, Ct);
        Assert.Equal(local, await SuggestedAsync());
        await crews.RetireAsync(local, Why, Ct);
        Assert.Equal(usual.Id, await SuggestedAsync());
    }
}

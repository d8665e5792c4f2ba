using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Repairs.Settings.SettingsSample;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Changes of crews, categories and visit slots are taken back, unless somebody changed them since.</summary>
public sealed class SettingsUndoTests
{
    private static readonly SettingsFilter All = new() { State = null };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crew_gets_back_its_names_and_lists_and_categories_their_default_crew()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (crews, undo) = (admin.Get<CrewSettings>(), admin.Get<CrewsUndo>());
        var (tap, leak, bamboo) = (await host.CategoryAsync("water-tap"), await host.CategoryAsync("water-leak"), await host.BuildingAsync("Z3"));
        var form = Crew("boilers");
        (form.Categories, form.Buildings) = ([leak], [bamboo]);
        var id = await crews.SaveAsync(null, form, Ct);
        Assert.Null(undo.Latest);
        await host.InDatabaseAsync(async db =>
        {
            var category = await db.Categories.SingleAsync(c => c.Id == tap, Ct);
            category.SetDefaults(category.DefaultUrgency, null, category.Points);
            return await db.SaveChangesAsync(Ct);
        });
        var before = await RowAsync(crews, id);
        var changed = FormOf(before);
        (changed.Code, changed.Name, changed.Capacity, changed.Categories, changed.Buildings) = ("b2", "改名", 3, [tap], []);
        await crews.SaveAsync(id, changed, Ct);
        Assert.Equal(tap, Assert.Single((await RowAsync(crews, id)).DefaultOf).Id);

        await UndoneAsync(undo);
        var after = await RowAsync(crews, id);
        Assert.Equal((before.Code, before.Name, before.Capacity), (after.Code, after.Name, after.Capacity));
        Assert.Equal([leak], after.Categories.Select(c => c.Id));
        Assert.Equal([bamboo], after.Buildings.Select(b => b.Id));
        Assert.Empty(after.DefaultOf);

        await crews.RetireAsync(id, Why, Ct);
        await UndoneAsync(undo);
        Assert.Null((await RowAsync(crews, id)).RetiredAt);
        await crews.RetireAsync(id, Why, Ct);
        await crews.RestoreAsync(id, Ct);
        await UndoneAsync(undo);
        Assert.Equal(Why.Reason, (await RowAsync(crews, id)).RetiredBecause);
    }

    [Fact]
    public async Task A_category_gets_back_names_group_defaults_and_use()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (categories, undo) = (admin.Get<CategorySettings>(), admin.Get<CategoriesUndo>());
        var id = await categories.SaveAsync(null, Leaf("water-spare", await host.CategoryAsync("water")), Ct);
        var before = await RowAsync(categories, id);
        var form = FormOf(before);
        (form.Name, form.PlainName, form.ParentId, form.Urgency, form.Points, form.CrewId) =
            ("改名", "白话", await host.CategoryAsync("power"), Urgency.Emergency, 5, null);
        await categories.SaveAsync(id, form, Ct);
        await UndoneAsync(undo);
        Assert.Equal(before with { Version = 0 }, (await RowAsync(categories, id)) with { Version = 0 });

        await categories.RetireAsync(id, Why, Ct);
        await UndoneAsync(undo);
        Assert.Null((await RowAsync(categories, id)).RetiredAt);
        await categories.RetireAsync(id, Why, Ct);
        await categories.RestoreAsync(id, Ct);
        await UndoneAsync(undo);
        Assert.Equal(Why.Reason, (await RowAsync(categories, id)).RetiredBecause);
    }

    [Fact]
    public async Task A_visit_slot_gets_back_days_and_buildings_and_after_other_hours_itself()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (slots, undo) = (admin.Get<SlotSettings>(), admin.Get<SlotsUndo>());
        var bamboo = await host.BuildingAsync("Z3");
        var id = await slots.SaveAsync(null, Slot(6, 7), Ct);
        var form = FormOf(await RowAsync(slots, id));
        (form.Days, form.Buildings) = (SlotDays.Tuesday, [bamboo]);
        await slots.SaveAsync(id, form, Ct);
        await UndoneAsync(undo);
        var back = await RowAsync(slots, id);
        Assert.Equal(SlotDays.All, back.Days);
        Assert.Empty(back.Buildings);

        form = FormOf(back);
        form.To = new TimeOnly(8, 0);
        var other = await slots.SaveAsync(id, form, Ct);
        Assert.NotEqual(id, other);
        await UndoneAsync(undo);
        Assert.Equal((null, SlotSettings.HoursChanged), ((await RowAsync(slots, id)).RetiredBecause, (await RowAsync(slots, other)).RetiredBecause));

        await slots.RetireAsync(id, Why, Ct);
        await UndoneAsync(undo);
        await slots.RetireAsync(id, Why, Ct);
        await slots.RestoreAsync(id, Ct);
        await UndoneAsync(undo);
        Assert.Equal(Why.Reason, (await RowAsync(slots, id)).RetiredBecause);
    }

    [Fact]
    public async Task What_was_changed_since_stays_and_only_administrators_undo()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (slots, undo) = (admin.Get<SlotSettings>(), admin.Get<SlotsUndo>());
        var id = await slots.SaveAsync(null, Slot(6, 7), Ct);
        await slots.RetireAsync(id, Why, Ct);
        var step = undo.Latest!.Value;
        foreach (var name in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var desk = await host.AsAsync(name);
            foreach (var theirs in new StepUndo[] { desk.Get<SlotsUndo>(), desk.Get<CrewsUndo>(), desk.Get<CategoriesUndo>() })
                await Assert.ThrowsAsync<Forbidden>(() => theirs.UndoAsync(step, Ct));
        }
        await slots.RestoreAsync(id, Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
    }

    private static async Task UndoneAsync(StepUndo undo)
    {
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
    }

    private static async Task<CrewRow> RowAsync(CrewSettings crews, long id) => (await crews.ListAsync(All, Ct)).Single(c => c.Id == id);

    private static async Task<CategoryRow> RowAsync(CategorySettings categories, long id) => (await categories.ListAsync(All, Ct)).Single(c => c.Id == id);

    private static async Task<VisitSlotRow> RowAsync(SlotSettings slots, long id) => (await slots.ListAsync(All, Ct)).Single(s => s.Id == id);
}

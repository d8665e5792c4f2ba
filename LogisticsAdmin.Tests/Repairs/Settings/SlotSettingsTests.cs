using System.Globalization;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Repairs.Settings.SettingsSample;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Visit slots: their days and buildings, the office calendar, and what open tickets keep.</summary>
public sealed class SlotSettingsTests
{
    private const SlotDays Workdays = SlotDays.Monday | SlotDays.Tuesday | SlotDays.Wednesday | SlotDays.Thursday | SlotDays.Friday;

    private static readonly SettingsFilter All = new() { State = null };
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<VisitSlotRow> FirstAsync(SlotSettings slots) => (await slots.ListAsync(new SettingsFilter(), Ct))[0];

    private static async Task<string> ReportAsync(TestHost host, DateOnly day, long? slot, string user = TestUsers.Resident)
    {
        var form = await host.FormAsync();
        (form.VisitDay, form.VisitSlotId) = (day, slot);
        return await (await host.AsAsync(user)).Intake.SubmitAsync(form, Ct);
    }

    [Fact]
    public async Task Other_hours_are_a_new_slot_and_open_tickets_keep_the_old_one()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var slots = (await host.AsAsync(TestUsers.Administrator)).Get<SlotSettings>();
        var old = await FirstAsync(slots);
        var number = await ReportAsync(host, Monday, old.Id);
        var form = FormOf(old);
        (form.From, form.To, form.Days) = (new TimeOnly(7, 30), new TimeOnly(9, 0), Workdays);

        Assert.Equal(1, await slots.CountOpenAsync(old.Id, Ct));
        var id = await slots.SaveAsync(old.Id, form, Ct);

        var rows = (await slots.ListAsync(All, Ct)).ToDictionary(s => s.Id);
        Assert.Equal((old.From, old.To, SettingState.Retired, SlotSettings.HoursChanged, 1),
            (rows[old.Id].From, rows[old.Id].To, rows[old.Id].State, rows[old.Id].RetiredBecause, rows[old.Id].Open));
        Assert.Equal(("0730-0900", Workdays, SettingState.Current), (rows[id].Code, rows[id].Days, rows[id].State));
        Assert.Equal(old.Id, await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.VisitSlotId).SingleAsync(Ct)));
        Assert.Equal("UnknownSlot", (await Assert.ThrowsAsync<Rejected>(() => ReportAsync(host, Monday, old.Id))).Code);
        await ReportAsync(host, Monday, id);
    }

    [Fact]
    public async Task The_same_hours_are_refused_only_on_the_same_days_in_the_same_buildings()
    {
        await using var host = await TestHost.OpenAsync();
        var slots = (await host.AsAsync(TestUsers.Administrator)).Get<SlotSettings>();
        var (bamboo, other) = (await host.BuildingAsync("Z3"), await host.InDatabaseAsync(db =>
            db.Set<Features.Places.Building>().Where(b => b.Code != "Z3").Select(b => b.Id).FirstAsync(Ct)));
        VisitSlotForm Form(SlotDays days, params long[] buildings)
        {
            var form = Slot(6, 7);
            (form.Days, form.Buildings) = (days, buildings);
            return form;
        }

        var first = await slots.SaveAsync(null, Form(Workdays, bamboo), Ct);
        var second = await slots.SaveAsync(null, Form(Workdays, other), Ct);
        var third = await slots.SaveAsync(null, Form(SlotDays.Saturday), Ct);

        Assert.Equal(["0600-0700", "0600-0700-2", "0600-0700-3"],
            (await slots.ListAsync(new SettingsFilter { Text = "0600" }, Ct)).Select(s => s.Code));
        await RefusedAtAsync(nameof(VisitSlotForm.From), "SameSlot", () => slots.SaveAsync(null, Form(SlotDays.Monday), Ct));
        await RefusedAtAsync(nameof(VisitSlotForm.From), "SameSlot", () => slots.SaveAsync(null, Form(SlotDays.Monday, bamboo), Ct));
        await slots.SaveAsync(null, Slot(6, 8), Ct);
        await slots.RetireAsync(first, Why, Ct);
        await slots.SaveAsync(null, Form(SlotDays.Monday, bamboo), Ct);
        await RefusedAtAsync(nameof(VisitSlotForm.From), "SameSlot", () => slots.RestoreAsync(first, Ct));
        await slots.RetireAsync(second, Why, Ct);
        await slots.RestoreAsync(second, Ct);
        Assert.True(third > second);
    }

    [Fact]
    public async Task A_restored_slot_gets_another_code_when_its_own_is_taken()
    {
        await using var host = await TestHost.OpenAsync();
        var slots = (await host.AsAsync(TestUsers.Administrator)).Get<SlotSettings>();
        var (weekdays, weekend) = (Slot(6, 7), Slot(6, 7));
        (weekdays.Days, weekend.Days) = (Workdays, SlotDays.Saturday);
        var first = await slots.SaveAsync(null, weekdays, Ct);
        await slots.RetireAsync(first, Why, Ct);
        await slots.SaveAsync(null, weekend, Ct);

        await slots.RestoreAsync(first, Ct);

        Assert.Equal("0600-0700-2", (await slots.ListAsync(new SettingsFilter(), Ct)).Single(s => s.Id == first).Code);
    }

    [Fact]
    public async Task Hours_days_and_buildings_are_checked_and_an_older_form_is_stale()
    {
        await using var host = await TestHost.OpenAsync();
        var slots = (await host.AsAsync(TestUsers.Administrator)).Get<SlotSettings>();
        (string Field, Action<VisitSlotForm> Break)[] wrong =
        [
            (nameof(VisitSlotForm.From), f => f.From = null), (nameof(VisitSlotForm.To), f => f.To = new TimeOnly(6, 0)),
            (nameof(VisitSlotForm.Days), f => f.Days = SlotDays.None), (nameof(VisitSlotForm.Buildings), f => f.Buildings = [987_654]),
        ];
        foreach (var (field, spoil) in wrong)
        {
            var form = Slot(6, 7);
            spoil(form);
            var refused = await Assert.ThrowsAsync<Rejected>(() => slots.SaveAsync(null, form, Ct));
            Assert.Contains(refused.Problems, p => p.Field == field);
        }
        var row = await FirstAsync(slots);
        var (one, two) = (FormOf(row), FormOf(row));
        one.Buildings = [await host.BuildingAsync("Z3")];
        await slots.SaveAsync(row.Id, one, Ct);
        await Assert.ThrowsAsync<Stale>(() => slots.SaveAsync(row.Id, two, Ct));
        var audited = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(VisitSlot) && a.Field == SlotSettings.BuildingsField)
            .Select(a => new { a.Old, a.New }).SingleAsync(Ct));
        Assert.Equal((null, "Z3"), (audited.Old, audited.New));
    }

    [Fact]
    public async Task No_visit_is_taken_on_a_day_on_which_the_office_is_closed()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var slot = await FirstAsync((await host.AsAsync(TestUsers.Administrator)).Get<SlotSettings>());
        var calendar = manager.Get<CalendarService>();
        await calendar.AddSpanAsync(new SpanForm { Kind = SpanKind.Holiday, From = Monday, To = Monday, Name = "校庆" }, Ct);
        await calendar.AddSpanAsync(new SpanForm { Kind = SpanKind.MakeUpWorkday, From = Monday.AddDays(6), To = Monday.AddDays(6), Name = "调休" }, Ct);
        await calendar.AddSpanAsync(new SpanForm { Kind = SpanKind.TermBreak, From = Monday.AddDays(7), To = Monday.AddDays(13), Name = "停课" }, Ct);

        foreach (var (day, isOpen) in new[] { (0, false), (1, true), (5, false), (6, true), (7, true), (12, false) })
        {
            var asked = Monday.AddDays(day);
            if (isOpen)
            {
                await ReportAsync(host, asked, slot.Id);
                await ReportAsync(host, asked, null, TestUsers.Dispatcher);
                continue;
            }
            await RefusedAtAsync(nameof(ReportForm.VisitSlotId), "OfficeClosed", () => ReportAsync(host, asked, slot.Id));
            await RefusedAtAsync(nameof(ReportForm.VisitSlotId), "OfficeClosed", () => ReportAsync(host, asked, null, TestUsers.Dispatcher));
        }
        var offered = VisitChoice.Offered(await manager.Choices.ChoicesAsync(Ct), manager.Get<OfficeTime>()).Select(day => day.Key);
        Assert.Equal([1, 2, 3, 4], offered.Select(day => day.DayNumber - Monday.DayNumber));
    }

    [Fact]
    public async Task A_slot_is_taken_only_on_its_days_and_in_its_buildings()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var slots = admin.Get<SlotSettings>();
        var (bamboo, other) = (await host.BuildingAsync("Z3"), await host.InDatabaseAsync(db =>
            db.Set<Features.Places.Building>().Where(b => b.Code != "Z3").Select(b => b.Id).FirstAsync(Ct)));
        foreach (var row in await slots.ListAsync(new SettingsFilter(), Ct)) await slots.RetireAsync(row.Id, Why, Ct);
        var form = Slot(10, 12);
        (form.Days, form.Buildings) = (SlotDays.Tuesday, [other]);
        var id = await slots.SaveAsync(null, form, Ct);

        await RefusedAtAsync(nameof(ReportForm.VisitSlotId), "SlotOnOtherDays", () => ReportAsync(host, Monday, id));
        await RefusedAtAsync(nameof(ReportForm.VisitSlotId), "SlotInOtherBuildings", () => ReportAsync(host, Monday.AddDays(1), id));
        await RefusedAtAsync(nameof(ReportForm.VisitSlotId), "SlotInOtherBuildings", () => ReportAsync(host, Monday.AddDays(1), id, TestUsers.Dispatcher));
        var (choices, time) = (await admin.Choices.ChoicesAsync(Ct), admin.Get<OfficeTime>());
        Assert.Empty(VisitChoice.Offered(choices, time, bamboo));
        Assert.Equal(Monday.AddDays(1), Assert.Single(VisitChoice.Offered(choices, time, other)).Key);

        var widened = FormOf((await slots.ListAsync(new SettingsFilter(), Ct)).Single());
        widened.Buildings = [other, bamboo];
        await slots.SaveAsync(id, widened, Ct);
        await ReportAsync(host, Monday.AddDays(1), id);
    }

    [Theory]
    [InlineData(DayOfWeek.Monday, SlotDays.Monday)]
    [InlineData(DayOfWeek.Wednesday, SlotDays.Wednesday)]
    [InlineData(DayOfWeek.Saturday, SlotDays.Saturday)]
    [InlineData(DayOfWeek.Sunday, SlotDays.Sunday)]
    public void Each_weekday_has_its_flag(DayOfWeek day, SlotDays flag) => Assert.Equal(flag, VisitOffer.Of(day));
}

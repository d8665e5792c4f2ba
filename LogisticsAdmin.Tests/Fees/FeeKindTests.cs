using LogisticsAdmin.Features.Fees.Kinds;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Kinds of fees that the office adds, changes and retires by itself.</summary>
public sealed class FeeKindTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kind_that_was_added_gets_a_price_like_the_others()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);

        var id = await admin.Get<FeeKindService>().CreateAsync(Heating(), Ct);
        await host.RateAsync("heating", PriceRule.Flat(22.5m));

        var row = (await admin.Get<RateQueries>().KindsAsync(Ct))[^1];
        Assert.Equal((id, "采暖费", "平方米", "m²", 22.5m), (row.Id, row.Name.Zh, row.Unit.Zh, row.Unit.En, row.Current!.Steps[0].Price));
        Assert.True((await admin.Get<FeeKindService>().ListAsync(Ct))[^1].IsUsed);
    }

    [Theory]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_administrators_change_kinds_and_only_the_office_reads_them(string who, bool reads)
    {
        await using var host = await TestHost.OpenAsync();
        var id = (await host.FeeKindAsync("gas")).Id;
        var kinds = (await host.AsAsync(who)).Get<FeeKindService>();

        await Assert.ThrowsAsync<Forbidden>(() => kinds.CreateAsync(Heating(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => kinds.SaveAsync(id, Heating(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => kinds.RetireAsync(id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => kinds.RestoreAsync(id, Ct));

        if (reads) Assert.Equal(7, (await kinds.ListAsync(Ct)).Count);
        else await Assert.ThrowsAsync<NotFound>(() => kinds.ListAsync(Ct));
    }

    [Fact]
    public async Task What_bills_depend_on_stays_once_a_kind_has_a_price()
    {
        await using var host = await TestHost.OpenAsync();
        var kinds = (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>();
        var id = await kinds.CreateAsync(Heating(), Ct);
        await kinds.SaveAsync(id, Heating(f => (f.Version, f.Cycle) = (1, BillingCycle.Term)), Ct);
        await host.RateAsync("heating", PriceRule.Flat(22.5m));

        foreach (var (change, field) in new (Action<FeeKindForm>, string)[]
        {
            (f => (f.Cycle, f.Measure) = (BillingCycle.Term, FeeMeasure.Unit), nameof(FeeKindForm.Measure)),
            (f => f.Cycle = BillingCycle.Year, nameof(FeeKindForm.Cycle)),
            (f => (f.Cycle, f.Unit) = (BillingCycle.Term, "间"), nameof(FeeKindForm.Unit)),
        })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => kinds.SaveAsync(id, Heating(f => f.Version = 2, change), Ct));
            Assert.Equal(("KindIsUsed", field), (refused.Code, Assert.Single(refused.Problems).Field));
        }
        await kinds.SaveAsync(id, Heating(f => (f.Version, f.Cycle, f.Name) = (2, BillingCycle.Term, "供暖费")), Ct);
        await Assert.ThrowsAsync<Stale>(() => kinds.SaveAsync(id, Heating(f => (f.Version, f.Cycle) = (2, BillingCycle.Term)), Ct));

        Assert.Equal("供暖费", (await kinds.ListAsync(Ct))[^1].Name.Zh);
    }

    [Theory]
    [InlineData(nameof(FeeKindForm.Code), "gas", FeePayer.Room)]
    [InlineData(nameof(FeeKindForm.Code), " ", FeePayer.Room)]
    [InlineData(nameof(FeeKindForm.Payer), "heating", FeePayer.Person)]
    public async Task Bad_kinds_are_refused_at_the_field(string field, string code, FeePayer payer)
    {
        await using var host = await TestHost.OpenAsync();
        var kinds = (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => kinds.CreateAsync(Heating(f => (f.Code, f.Payer) = (code, payer)), Ct));

        Assert.Equal(field, Assert.Single(refused.Problems).Field);
        Assert.Equal(7, (await kinds.ListAsync(Ct)).Count);
    }

    [Fact]
    public async Task Retiring_and_changing_a_kind_can_be_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (kinds, undo) = (admin.Get<FeeKindService>(), admin.Get<FeeKindsUndo>());
        var id = (await host.FeeKindAsync("gas")).Id;

        await kinds.RetireAsync(id, Ct);
        Assert.DoesNotContain(await admin.Get<RateQueries>().KindsAsync(Ct), k => k.Id == id);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.False((await GasAsync()).IsRetired);

        await kinds.RetireAsync(id, Ct);
        await kinds.RestoreAsync(id, Ct);
        var form = Heating(
            f => (f.Code, f.Name, f.Unit, f.UnitEn) = ("gas", "煤气费", "立方米", "m³"),
            f => (f.Measure, f.Cycle) = (FeeMeasure.Meter, BillingCycle.Month));
        form.Version = (await GasAsync()).Version;
        await kinds.SaveAsync(id, form, Ct);
        Assert.Equal("煤气费", (await GasAsync()).Name.Zh);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal("燃气费", (await GasAsync()).Name.Zh);

        async Task<FeeKindRow> GasAsync() => (await kinds.ListAsync(Ct)).Single(k => k.Id == id);
    }

    [Fact]
    public async Task A_kind_with_imported_bills_keeps_its_unit_and_cycle_also_when_a_change_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (kinds, undo) = (admin.Get<FeeKindService>(), admin.Get<FeeKindsUndo>());
        var id = await kinds.CreateAsync(Heating(f => f.Unit = "间"), Ct);
        await kinds.SaveAsync(id, Heating(f => f.Version = 1), Ct);
        Assert.False((await kinds.ListAsync(Ct))[^1].IsUsed);
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, TestHost.Start.AddMonths(-12), null));
        await admin.ImportAsync("fixed-charges", "费用类型,学号/工号,楼栋,房间,账期,金额,说明\n采暖费,,竹园3号楼,512,2026,80,\n");

        Assert.True((await kinds.ListAsync(Ct))[^1].IsUsed);
        var refused = await Assert.ThrowsAsync<Rejected>(() => kinds.SaveAsync(id, Heating(f => (f.Version, f.Cycle) = (2, BillingCycle.Month)), Ct));
        Assert.Equal("KindIsUsed", refused.Code);
        Assert.Equal(0, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal("平方米", (await kinds.ListAsync(Ct))[^1].Unit.Zh);
    }

    private static FeeKindForm Heating(params Action<FeeKindForm>[] changes)
    {
        var form = new FeeKindForm
        {
            Code = "heating",
            Name = "采暖费",
            NameEn = "Heating",
            Unit = "平方米",
            UnitEn = "m²",
            Measure = FeeMeasure.Area,
            Payer = FeePayer.Room,
            Cycle = BillingCycle.Year,
        };
        foreach (var change in changes) change(form);
        return form;
    }
}

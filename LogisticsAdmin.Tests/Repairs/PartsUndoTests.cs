using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Changes to the parts list are taken back, unless somebody changed the part since.</summary>
public sealed class PartsUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_unit_and_price_come_back_and_the_history_of_prices_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (parts, undo) = (manager.Get<PartsService>(), manager.Get<PartsUndo>());
        var part = await FirstAsync(parts);
        var form = PartsTests.FormOf(part, part.Price + 1);
        (form.Name, form.UnitEn) = ("改名", "box");
        await parts.SaveAsync(part.Id, form, Ct);
        Assert.Equal("改名", (await FirstAsync(parts, part.Code)).Name.Zh);

        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
        var back = await FirstAsync(parts, part.Code);
        Assert.Equal((part.Name, part.Unit, part.Price), (back.Name, back.Unit, back.Price));
        Assert.Equal([part.Price, part.Price + 1, part.Price], (await parts.HistoryAsync(part.Id, Ct)).Take(3).Select(p => p.Price));
    }

    [Fact]
    public async Task A_retired_part_comes_back_and_a_restored_one_goes_again()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (parts, undo) = (manager.Get<PartsService>(), manager.Get<PartsUndo>());
        var part = await FirstAsync(parts);
        await parts.RetireAsync(part.Id, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Null((await FirstAsync(parts, part.Code)).RetiredAt);
        await parts.RetireAsync(part.Id, Ct);
        await parts.RestoreAsync(part.Id, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.NotNull((await FirstAsync(parts, part.Code)).RetiredAt);
    }

    [Fact]
    public async Task A_part_that_was_changed_since_stays_and_only_the_management_undoes()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (parts, undo) = (manager.Get<PartsService>(), manager.Get<PartsUndo>());
        var part = await FirstAsync(parts);
        await parts.SaveAsync(part.Id, PartsTests.FormOf(part, part.Price + 1), Ct);
        var step = undo.Latest!.Value;
        foreach (var name in new[] { TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
            await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(name)).Get<PartsUndo>().UndoAsync(step, Ct));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<PartsService>();
        var seen = await FirstAsync(admin, part.Code);
        await admin.SaveAsync(part.Id, PartsTests.FormOf(seen, part.Price + 2), Ct);

        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(part.Price + 2, (await FirstAsync(parts, part.Code)).Price);
    }

    private static async Task<PartRow> FirstAsync(PartsService parts, string? code = null) =>
        (await parts.AllAsync(new PartFilter { State = null }, Ct)).First(p => code is null ? p.RetiredAt is null : p.Code == code);
}

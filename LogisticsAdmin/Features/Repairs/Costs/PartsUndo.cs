using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Undo of changes to the parts list, for the management. An earlier price is set again; the history keeps the other one.</summary>
public sealed class PartsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<CostsText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(string Name, string NameEn, string Unit, string UnitEn, decimal Price, bool IsRetired);

    protected override string Kind => "parts";

    protected override void Demand(Actor actor) => actor.DemandManagement();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var parts = await db.Parts.AsNoTracking().Include(p => p.Prices.Where(x => x.Until == null)).Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        return parts.ToDictionary(p => p.Id, p => JsonSerializer.Serialize(
            new Memento(p.Name, p.NameEn, p.Unit, p.UnitEn, p.Prices.Single().Price, p.RetiredAt is not null)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Parts.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => $"{p.Code} {p.Name}", ct);

    protected override string AddressOf(long id) => "parts";

    protected override string Did(string act) => words[$"PartAct.{act}"];

    protected override string Counted(int count) => words["UndoParts", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Part>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var part = await db.Parts.Include(p => p.Prices.Where(x => x.Until == null)).FirstAsync(p => p.Id == id, ct);
        part.Describe(new LocalName(was.Name, was.NameEn), new LocalName(was.Unit, was.UnitEn));
        part.SetPrice(was.Price, _user.PersonId, now);
        if (was.IsRetired && part.RetiredAt is null) part.Retire(_user.PersonId, now);
        if (!was.IsRetired && part.RetiredAt is not null) part.Restore();
        db.Announce(new KeyChanged(PartsService.Topic, id));
    }
}

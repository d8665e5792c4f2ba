using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Undo of changes to saved audiences.</summary>
public sealed class GroupsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<ColumnsText> words)
    : NewsSettingsUndo<AudienceGroup>(databases, user, clock, words, "UndoGroups")
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(string Name, string NameEn, string Rule, bool IsRetired);

    protected override string Kind => "news-audiences";

    protected override string AddressOf(long id) => "settings/news/audiences";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        (await db.AudienceGroups.AsNoTracking().Where(g => ids.Contains(g.Id)).ToListAsync(ct)).ToDictionary(
            g => g.Id, g => JsonSerializer.Serialize(new Memento(g.Name, g.NameEn, g.Rule.ToJson(), g.RetiredAt is not null)));

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.AudienceGroups.Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => g.LocalName.ToString(), ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var group = await db.AudienceGroups.SingleAsync(g => g.Id == id, ct);
        if (!was.IsRetired) await GroupSettings.DemandFreeNameAsync(db, id, was.Name, ct);
        if (was.IsRetired && group.RetiredAt is null) await GroupSettings.DemandUnusedAsync(db, group, ct);
        group.Describe(was.Name, was.NameEn, AudienceRule.Parse(was.Rule));
        if (was.IsRetired && group.RetiredAt is null) group.Retire(_user.PersonId, now);
        if (!was.IsRetired) group.Restore();
        Announce(db, id);
    }
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>What undo of all these settings shares: administrators only, and open pages hear of it.</summary>
public abstract class NewsSettingsUndo<T>(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<ColumnsText> words, string counted)
    : StepUndo(databases, user, clock) where T : class
{
    protected override void Demand(Actor actor) => actor.DemandNewsSettings();

    protected override string Did(string act) => words[$"NewsSettingAct.{act}"];

    protected override string Counted(int count) => words[counted, count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<T>(id, ct);

    protected static void Announce(LogisticsDb db, long id) => db.Announce(new KeyChanged(NewsTopics.Settings, id));
}

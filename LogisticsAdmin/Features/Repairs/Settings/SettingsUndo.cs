using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>What undo of all settings shares: administrators only, and open pages hear of it.</summary>
public abstract class SettingsUndo<T>(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<SettingsText> words, string counted)
    : StepUndo(databases, user, clock) where T : Versioned
{
    protected override void Demand(Actor actor) => actor.DemandSettingsChange();

    protected override string Did(string act) => words[$"SettingAct.{act}"];

    protected override string Counted(int count) => words[counted, count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<T>(id, ct);

    protected static void Announce(LogisticsDb db, long id) => db.Announce(new KeyChanged(RepairSettings.Topic, id));

    /// <summary>Takes out of use or back into it, as it was; null for a reason means in use.</summary>
    protected static void SetRetired(NamedEntity entity, string? reason, DateTimeOffset now, long by)
    {
        if (reason is not null && entity.RetiredAt is null) entity.Retire(now, by, reason);
        if (reason is null && entity.RetiredAt is not null) entity.Restore();
    }
}

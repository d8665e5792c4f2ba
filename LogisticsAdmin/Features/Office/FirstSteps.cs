using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Office;

/// <summary>A first step, what there is, and whether it is done.</summary>
public sealed record FirstStep(ISetupStep Step, SetupState State, DateTimeOffset? ConfirmedAt)
{
    public bool IsDone => State.Missing.Count == 0 && (!Step.IsSuggested || ConfirmedAt is not null);
}

/// <summary>The first steps of a new office, in their order. For administrators; anybody else gets <see cref="Forbidden"/>.</summary>
public sealed class FirstSteps(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<ISetupStep> steps)
{
    /// <summary>All steps. They can be taken in any order and again at any time: what is done is read from what is stored.</summary>
    public async Task<IReadOnlyList<FirstStep>> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOfficeChange();
        await using var db = await databases.CreateDbContextAsync(ct);
        var confirmed = await db.ConfirmedSteps.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.At, ct);
        List<FirstStep> read = [];
        foreach (var step in steps.OrderBy(s => s.Order))
            read.Add(new FirstStep(step, await step.ReadAsync(db, ct), confirmed.TryGetValue(step.Key, out var at) ? at : null));
        return read;
    }

    /// <summary>How many steps are open without which the desk is not usable.</summary>
    public async Task<int> CountOpenAsync(CancellationToken ct = default) => (await ReadAsync(ct)).Count(s => !s.IsDone && !s.Step.IsOptional);

    /// <summary>Confirms what the app suggests in a step; twice is once. Unknown steps are <see cref="NotFound"/>.</summary>
    public async Task ConfirmAsync(string key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOfficeChange();
            if (!steps.Any(s => s.Key == key && s.IsSuggested)) throw new NotFound();
            if (await db.ConfirmedSteps.AnyAsync(s => s.Key == key, token)) return;
            db.Add(new ConfirmedStep(key, clock.GetUtcNow(), user.PersonId));
            db.Announce(new KeyChanged(OfficeService.Topic, 0));
        }, ct);
    }
}

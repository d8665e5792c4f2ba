using System.Linq.Expressions;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data;

/// <summary>
/// The database context. It does not know the slices, which add their entities by configuration. Every write, including Identity's, passes the
/// write gate.
/// </summary>
public sealed class LogisticsDb(DbContextOptions<LogisticsDb> options, WriteServices services)
    : IdentityDbContext<Person, IdentityRole<long>, long>(options)
{
    private bool _writing;
    private PendingChanges? _pending;

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction: waits for the write gate, begins, saves, reads the live rows, commits, publishes. No
    /// other write runs until it has committed. Calls can't be nested, and the work must not do anything slow. When the database can't be
    /// written, nothing is stored and the person is refused as <see cref="Rejected"/>.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct = default)
    {
        if (_writing) throw new InvalidOperationException("A write is already running in this context.");
        using var turn = await services.Gate.EnterAsync(ct);
        _writing = true;
        try
        {
            var transaction = await turn.BeginAsync(() => services.Engine.BeginWriteAsync(this, turn.Patience, ct), services.Engine.IsLocked);
            await using (transaction)
            {
                var changes = new PendingChanges(services.Rows, services.Steps);
                _pending = changes;
                var result = await work(ct);
                await SaveAsync(changes, ct);
                if (changes.RenewedStamps.Count > 0)
                {
                    await EndSessionsOfRenewedAsync(changes, ct);
                    await SaveAsync(changes, ct);
                }
                var published = await changes.DescribeAsync(this, ct);
                try
                {
                    await transaction.CommitAsync(CancellationToken.None);
                }
                finally
                {
                    // Also when the commit failed: it is then not known whether it was stored. Before anybody is told, who would read again.
                    services.Versions.Raise(changes.Rows);
                }
                services.Feed.Publish(published);
                // Sessions first: an open page that a changed stamp ends then knows that it is signed out.
                foreach (var session in changes.EndedSessions) services.Stamps.End(session);
                foreach (var (person, stamp) in changes.RenewedStamps) services.Stamps.Renew(person, stamp);
                return result;
            }
        }
        catch (Exception e) when (ActsForPerson && services.Engine.IsLocked(e))
        {
            throw Rejected.Because<DataText>("TooBusy");
        }
        catch (Exception e) when (ActsForPerson && services.Engine.IsUnusable(e))
        {
            services.Log.WriteFailed(e);
            throw Rejected.Because<DataText>("NotStored");
        }
        finally
        {
            _pending = null;
            _writing = false;
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<CancellationToken, Task> work, CancellationToken ct = default) =>
        WriteAsync(async token =>
        {
            await work(token);
            return true;
        }, ct);

    /// <summary>Publishes a change together with the others of this write, once it is committed.</summary>
    public void Announce(Change change) => Pending.Announced.Add(change);

    /// <summary>The ids of rows whose text contains every typed phrase, only the highest <paramref name="newest"/> if given.</summary>
    public IQueryable<long> SearchIds<T>(string typed, int? newest = null) where T : class, ISearchable =>
        services.Engine.SearchIds(this, typeof(T), SearchIndex.Phrases(typed), newest);

    /// <summary>All rows, read through this index only: for queries where the engine's own choice of index is slow.</summary>
    public IQueryable<T> UsingIndex<T>(string index) where T : class => services.Engine.UsingIndex<T>(this, index);

    /// <summary>All rows, read by id: for queries with a short list of ids.</summary>
    public IQueryable<T> WithoutIndex<T>() where T : class => services.Engine.WithoutIndex<T>(this);

    /// <summary>All queries until its end see the same rows, whatever is written meanwhile. Nothing can be written in it.</summary>
    public Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken ct = default) => services.Engine.BeginSnapshotAsync(this, ct);

    /// <summary>Enlarges this connection's cache for loading very many rows.</summary>
    public Task ExpectBulkLoadAsync(CancellationToken ct = default) => services.Engine.ExpectBulkLoadAsync(this, ct);

    internal WriteServices Services => services;

    /// <summary>Background work and commands report the engine's own error.</summary>
    private bool ActsForPerson => services.User.ActorOrNull is not { IsSystem: true };

    /// <summary>Publishes once, when the write is committed, that the live list of this entity should be loaded again.</summary>
    internal void AnnounceMany(Type entity)
    {
        Pending.AnnounceMany(entity);
        TouchMany(entity);
    }

    /// <summary>Notes that rows of this entity are changed around the change tracker: what was read of any of them is no longer kept.</summary>
    internal void TouchMany(Type entity) => Pending.Rows.AddMany(entity);

    /// <summary>Publishes, when the write is committed, that live lists which show the names of this entity should be loaded again.</summary>
    internal void AnnounceNames(Type entity) => Pending.AnnounceNames(entity);

    /// <summary>The number of this write's act in the audit log.</summary>
    internal long AuditAct => Pending.Act(this);

    /// <summary>Ends the person's open sessions when the write is committed.</summary>
    internal void EndSessions(Person person) => Pending.RenewedStamps.Add((person.Id, person.SecurityStamp!));

    /// <summary>Deletes these sessions; what names them is refused as soon as the write is committed.</summary>
    internal async Task EndSessionsAsync(Expression<Func<Session, bool>> which, CancellationToken ct)
    {
        var ended = await Set<Session>().Where(which).ToListAsync(ct);
        Set<Session>().RemoveRange(ended);
        Pending.EndedSessions.AddRange(ended.Select(s => s.Id));
    }

    // Who changes something about themselves, such as the password, stays signed in where they did it.
    private async Task EndSessionsOfRenewedAsync(PendingChanges changes, CancellationToken ct)
    {
        var here = services.User.ActorOrNull?.SessionId;
        // An undone import renews as many stamps as it had people, and a query has a limit of parameters.
        foreach (var people in changes.RenewedStamps.Select(r => r.PersonId).Distinct().Chunk(1_000))
            await EndSessionsAsync(s => people.Contains(s.PersonId) && s.Id != here, ct);
    }

    private PendingChanges Pending => _pending ?? throw new InvalidOperationException("This is possible only inside WriteAsync.");

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        _writing
            ? SaveAsync(_pending!, cancellationToken)
            : WriteAsync(ct => SaveAsync(_pending!, ct), cancellationToken);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saves are asynchronous here: they pass the write gate.");

    private async Task<int> SaveAsync(PendingChanges changes, CancellationToken ct)
    {
        ChangeTracker.DetectChanges();
        if (!ChangeTracker.HasChanges()) return 0;
        // From here on every change is reported to the tracker explicitly. Detecting changes again in each of the following steps took as
        // long as storing them.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await changes.BeforeSaveAsync(this, ct);
            AuditTrail.BeforeSave(this, changes, services.Clock.GetUtcNow(), services.User.ActorOrNull?.PersonId);
            changes.NumberAct(this);
            RaiseVersions();
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
            if (AuditTrail.AfterSave(this, changes))
            {
                changes.NumberAct(this);
                await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
            }
            await SearchIndex.AfterSaveAsync(this, changes, services.Engine, ct);
            return saved;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>
    /// Each save raises a row's version by one. The version is the concurrency token: a save fails if the stored one has changed since it was
    /// read.
    /// </summary>
    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            if (entry.Metadata.FindProperty(nameof(Versioned.Version)) is not { } property) continue;
            var version = entry.Property(property.Name);
            version.CurrentValue = (long)version.OriginalValue! + 1;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<ScaledDecimalConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<int>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(LogisticsDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.FindProperty(nameof(Versioned.Version)) is { } version && version.ClrType == typeof(long))
                version.IsConcurrencyToken = true;
        }
    }
}

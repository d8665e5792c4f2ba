using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

/// <summary>
/// The database. It knows no feature: slices bring their entities by configuration. Every write, Identity's too, passes the gate.
/// </summary>
public sealed class LogisticsDb(DbContextOptions<LogisticsDb> options, WriteServices services)
    : IdentityDbContext<Person, IdentityRole<long>, long>(options)
{
    private bool _writing;
    private PendingChanges? _pending;

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>
    /// Does all of <paramref name="work"/> as one change: enters the gate, begins, saves, reads the live rows, commits, publishes.
    /// What the work reads is true until it commits. Not nested; nothing slow inside.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct = default)
    {
        if (_writing) throw new InvalidOperationException("A write is already going on in this context.");
        using var turn = await services.Gate.EnterAsync(ct);
        _writing = true;
        try
        {
            var transaction = await Database.BeginTransactionAsync(ct);
            await using (transaction)
            {
                var changes = new PendingChanges(services.Rows);
                _pending = changes;
                var result = await work(ct);
                await SaveAsync(changes, ct);
                var published = await changes.DescribeAsync(this, ct);
                await transaction.CommitAsync(CancellationToken.None);
                services.Feed.Publish(published);
                foreach (var (person, stamp) in changes.RenewedStamps) services.Standing.Renewed(person, stamp);
                return result;
            }
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

    /// <summary>Hands out a change with the others of this write, once it is committed.</summary>
    public void Announce(Change change) =>
        (_pending ?? throw new InvalidOperationException("Only a write can announce a change.")).Announced.Add(change);

    /// <summary>What a bulk write needs to know of this write.</summary>
    internal WriteServices Needs => services;

    /// <summary>Tells the lists of this entity once, when the write is committed, that they should load again.</summary>
    internal void AnnounceMany(Type entity) =>
        (_pending ?? throw new InvalidOperationException("Only a write can announce a change.")).ManyOf(entity);

    /// <summary>Ends the person's open sessions when the write is committed.</summary>
    internal void TellRenewed(Person person) =>
        (_pending ?? throw new InvalidOperationException("Only a write can end sessions.")).RenewedStamps.Add((person.Id, person.SecurityStamp!));

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
        // What follows tells the tracker of its own changes; looking for others four times more cost as much as storing them.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await changes.BeforeSaveAsync(this, ct);
            AuditTrail.BeforeSave(this, changes, services.Clock.GetUtcNow(), services.User.Unchecked?.PersonId);
            Versions.Grow(this);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
            if (AuditTrail.AfterSave(this, changes)) await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
            await SearchIndex.AfterSaveAsync(this, changes, ct);
            return saved;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<decimal>().HavePrecision(18, 4);
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

/// <summary>What a write needs besides the database.</summary>
public sealed record WriteServices(
    WriteGate Gate, IChangeFeed Feed, IEnumerable<IRowSource> Rows, Standing Standing, CurrentUser User, TimeProvider Clock);

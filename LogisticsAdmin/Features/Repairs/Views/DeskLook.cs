using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Views;

public enum DeskDensity
{
    Comfortable = 1,
    Compact = 2,
}

/// <summary>What a row of the desk may say besides state, fault and limit.</summary>
[Flags]
public enum DeskFact
{
    Number = 1,
    Place = 2,
    Category = 4,
    Who = 8,
    Submitted = 16,
    Phone = 32,
}

/// <summary>How one person looks at the desk. Immutable: every row holds the same one, and compares it by reference.</summary>
public sealed record RowLook(DeskDensity Density, DeskSort Sort, DeskFact Facts)
{
    public static readonly RowLook Default = new(DeskDensity.Comfortable, DeskSort.Pressing, DeskFact.Number | DeskFact.Place | DeskFact.Category | DeskFact.Who);

    public bool Shows(DeskFact fact) => (Facts & fact) != 0;
}

/// <summary>A person's look at the desk, the same wherever they sign in.</summary>
public sealed class DeskLook
{
    private DeskLook() { }

    public DeskLook(long personId, RowLook look)
    {
        PersonId = personId;
        Wear(look);
    }

    public long PersonId { get; private set; }
    public DeskDensity Density { get; private set; }
    public DeskSort Sort { get; private set; }
    public DeskFact Facts { get; private set; }

    public void Wear(RowLook look) => (Density, Sort, Facts) = (look.Density, look.Sort, look.Facts);
}

internal sealed class DeskLookConfiguration : IEntityTypeConfiguration<DeskLook>
{
    public void Configure(EntityTypeBuilder<DeskLook> look)
    {
        look.ToTable("DeskLooks").HasKey(l => l.PersonId);
        look.Property(l => l.PersonId).ValueGeneratedNever();
        look.HasOne<Person>().WithOne().HasForeignKey<DeskLook>(l => l.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Remembers how each person of the office looks at the desk; nobody sees or changes another's.</summary>
public sealed class DeskLookService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public async Task<RowLook> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.DeskLooks.AsNoTracking().Where(l => l.PersonId == me).Select(l => new RowLook(l.Density, l.Sort, l.Facts)).FirstOrDefaultAsync(ct) ?? RowLook.Default;
    }

    /// <summary>Keeps the look; what it does not know in it falls back to the default.</summary>
    public async Task SaveAsync(RowLook look, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        var known = new RowLook(
            Enum.IsDefined(look.Density) ? look.Density : RowLook.Default.Density,
            Enum.IsDefined(look.Sort) ? look.Sort : RowLook.Default.Sort,
            look.Facts & Enum.GetValues<DeskFact>().Aggregate((all, fact) => all | fact));
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.DeskLooks.FindAsync([me], token) is { } mine) mine.Wear(known);
            else db.DeskLooks.Add(new DeskLook(me, known));
        }, ct);
    }
}

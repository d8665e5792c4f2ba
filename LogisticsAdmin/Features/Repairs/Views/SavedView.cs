using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Views;

/// <summary>Marker of the words of views and looks: ViewsText.resx (English) and ViewsText.zh-CN.resx.</summary>
public sealed class ViewsText;

/// <summary>A filter of the desk under a name of one's own. "Mine" in it means whoever looks.</summary>
public sealed class SavedView : Versioned, IAudited
{
    private SavedView() { }

    public SavedView(long ownerId, string name, RepairFilter filter, int position)
    {
        (OwnerId, Query, Position) = (ownerId, DeskAddress.QueryOf(filter), position);
        Call(name, shared: false);
    }

    public long OwnerId { get; private set; }

    /// <summary>Seen by all of the office.</summary>
    public bool Shared { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The query string of the desk's address, without the selected ticket.</summary>
    public string Query { get; private set; } = "";

    /// <summary>Where it stands among its owner's.</summary>
    [NotAudited]
    public int Position { get; private set; }

    public void Call(string name, bool shared) => (Name, Shared) = (CleanText.Code(name), shared);

    public void StandAt(int position) => Position = position;
}

public static class ViewSets
{
    extension(LogisticsDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
        public DbSet<DeskLook> DeskLooks => db.Set<DeskLook>();
    }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.Property(v => v.Name).HasMaxLength(ViewLimits.Name);
        view.Property(v => v.Query).HasMaxLength(ViewLimits.Query);
        view.HasIndex(v => new { v.OwnerId, v.Name }).IsUnique();
        view.HasIndex(v => v.Shared);
        view.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

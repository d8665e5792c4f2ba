using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data.Undo;

public static class UndoStepSets
{
    extension(LogisticsDb db)
    {
        public DbSet<UndoStep> UndoSteps => db.Set<UndoStep>();
        public DbSet<UndoItem> UndoItems => db.Set<UndoItem>();
    }
}

internal sealed class UndoStepConfiguration : IEntityTypeConfiguration<UndoStep>
{
    public void Configure(EntityTypeBuilder<UndoStep> step)
    {
        step.ToTable("UndoSteps");
        step.Property(s => s.Kind).HasMaxLength(20);
        step.Property(s => s.Act).HasMaxLength(40);
        step.HasIndex(s => new { s.Kind, s.At });
        step.HasIndex(s => s.Until);
        step.HasOne<Person>().WithMany().HasForeignKey(s => s.ActorId).OnDelete(DeleteBehavior.Restrict);
        step.HasMany(s => s.Items).WithOne().HasForeignKey(i => i.StepId).OnDelete(DeleteBehavior.Cascade);
        step.Navigation(s => s.Items).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class UndoItemConfiguration : IEntityTypeConfiguration<UndoItem>
{
    public void Configure(EntityTypeBuilder<UndoItem> item) => item.ToTable("UndoItems");
}

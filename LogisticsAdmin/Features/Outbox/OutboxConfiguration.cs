using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Outbox.Robots;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Outbox;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("Outbox");
        message.Property(m => m.Channel).HasMaxLength(20);
        message.Property(m => m.DedupeKey).HasMaxLength(80);
        message.Property(m => m.Subject).HasMaxLength(40);
        message.Property(m => m.Detail).HasMaxLength(80);
        message.Property(m => m.About).HasMaxLength(120);
        message.Property(m => m.MessageId).HasMaxLength(200);
        message.Property(m => m.LastError).HasMaxLength(OutboxMessage.ErrorLength);
        message.HasIndex(m => new { m.State, m.Channel, m.IsMass, m.DueAt });
        message.HasIndex(m => new { m.State, m.EndedAt });
        message.HasIndex(m => new { m.InboxItemId, m.Channel }).IsUnique().HasFilter("\"InboxItemId\" IS NOT NULL");
        message.HasIndex(m => new { m.RobotId, m.DedupeKey }).IsUnique().HasFilter("\"RobotId\" IS NOT NULL");
        message.HasIndex(m => new { m.PersonId, m.State }).HasFilter("\"PersonId\" IS NOT NULL");
        message.HasOne(m => m.InboxItem).WithMany().HasForeignKey(m => m.InboxItemId).OnDelete(DeleteBehavior.Cascade);
        message.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
        message.HasOne<GroupRobot>().WithMany().HasForeignKey(m => m.RobotId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MailPreferenceConfiguration : IEntityTypeConfiguration<MailPreference>
{
    public void Configure(EntityTypeBuilder<MailPreference> preference)
    {
        preference.ToTable("MailPreferences");
        preference.HasIndex(p => new { p.PersonId, p.Kind }).IsUnique();
        preference.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class GroupRobotConfiguration : IEntityTypeConfiguration<GroupRobot>
{
    public void Configure(EntityTypeBuilder<GroupRobot> robot)
    {
        robot.ToTable("GroupRobots");
        robot.Property(r => r.Name).HasMaxLength(RobotLimits.Name);
        robot.Property(r => r.Address).HasMaxLength(RobotLimits.Address);
        robot.Property(r => r.Secret).HasMaxLength(RobotLimits.Secret);
        robot.Property(r => r.Language).HasMaxLength(10);
        robot.HasOne<Person>().WithMany().HasForeignKey(r => r.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

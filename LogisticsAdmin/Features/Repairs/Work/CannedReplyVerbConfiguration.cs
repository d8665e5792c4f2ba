using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>A canned reply keeps the name of its verb and knows no verbs; the database keeps the verb's number.</summary>
internal sealed class CannedReplyVerbConfiguration : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> reply) => reply.Property(r => r.Verb).HasConversion<MemberNameConverter<RepairVerb>>();
}

using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Stores the verb of a canned reply as a number. The entity holds its name, because canned replies do not depend on repairs.</summary>
internal sealed class CannedReplyVerbConfiguration : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> reply) => reply.Property(r => r.Verb).HasConversion<MemberNameConverter<RepairVerb>>();
}

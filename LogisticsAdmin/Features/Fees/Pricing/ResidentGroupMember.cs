using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>The days on which somebody belongs to a group, first and last included. Ended, never deleted.</summary>
public sealed class ResidentGroupMember : Versioned, IAudited
{
    private ResidentGroupMember() { }

    public ResidentGroupMember(long groupId, long personId, DateOnly firstDay) => (GroupId, PersonId, FirstDay) = (groupId, personId, firstDay);

    public long GroupId { get; private set; }
    public long PersonId { get; private set; }
    public DateOnly FirstDay { get; private set; }

    /// <summary>Null while they belong to it.</summary>
    public DateOnly? LastDay { get; private set; }

    public void End(DateOnly lastDay) => LastDay = lastDay;
}

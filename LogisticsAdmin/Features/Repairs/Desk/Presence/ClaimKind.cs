

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>What somebody is composing.</summary>
public enum ClaimKind
{
    Reply = 1,
    Assign = 2,
}

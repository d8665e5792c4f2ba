namespace LogisticsAdmin.Features.Audit;

/// <summary>What an act did to the thing that it is told by.</summary>
public enum AuditVerb
{
    Changed = 1,
    Added = 2,
    Removed = 3,
    Retired = 4,
    Restored = 5,
    Undone = 6,
}

namespace LogisticsAdmin.Live.Presence;

/// <summary>What somebody is composing.</summary>
public enum ClaimKind
{
    Reply = 1,
    Assign = 2,
}

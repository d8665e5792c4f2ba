namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Whether somebody has a key. The names are part of addresses.</summary>
public enum RoomKeyState
{
    /// <summary>未归还.</summary>
    Out = 1,

    /// <summary>已归还.</summary>
    Returned = 2,
}

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>What can be undone. The name is stored with it.</summary>
public enum LeavingAct
{
    /// <summary>退宿.</summary>
    CheckOut = 1,

    /// <summary>归还钥匙.</summary>
    ReturnKey = 2,
}

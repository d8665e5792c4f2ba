namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>How far a request to change rooms is.</summary>
public enum RoomChangeState
{
    /// <summary>待室友同意.</summary>
    Asked = 1,

    /// <summary>待审批: all who were asked agreed.</summary>
    Agreed = 2,

    /// <summary>已调换.</summary>
    Done = 3,

    /// <summary>未通过: somebody who was asked, or the office, said no.</summary>
    Refused = 4,

    /// <summary>已撤回.</summary>
    Withdrawn = 5,
}

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>The steps of a student before arrival, in their order. The names are part of addresses.</summary>
public enum OnboardingStep
{
    /// <summary>确认信息.</summary>
    Data = 1,

    /// <summary>选床位.</summary>
    Bed = 2,

    /// <summary>缴费.</summary>
    Fees = 3,

    /// <summary>生活用品.</summary>
    Essentials = 4,

    /// <summary>阅读并确认.</summary>
    Papers = 5,

    /// <summary>预约报到.</summary>
    Arrival = 6,
}

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Topics of the feed.</summary>
public static class OnboardingTopics
{
    /// <summary>A season with its groups, fees, papers and desk times, by its id.</summary>
    public const string Seasons = "onboarding-seasons";

    /// <summary>A freshman, by the id of the person: steps, bed, check-in.</summary>
    public const string Freshmen = "onboarding-freshmen";

    /// <summary>A bed that was held, chosen, given or became free, by the id of its building.</summary>
    public const string Beds = "onboarding-beds";

    /// <summary>A round of leaving or somebody who leaves, by the id of the round.</summary>
    public const string Leaving = "onboarding-leaving";

    /// <summary>A request to change rooms, by its id.</summary>
    public const string RoomChanges = "onboarding-room-changes";
}

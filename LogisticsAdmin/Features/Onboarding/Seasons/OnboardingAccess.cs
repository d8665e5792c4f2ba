using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Who may do what with check-in, leaving and room changes. Residents see and do their own only.</summary>
public static class OnboardingAccess
{
    /// <summary>Seasons, rounds of leaving, the board and lists: the whole office reads.</summary>
    public static void DemandOnboarding(this Actor actor)
    {
        if (!actor.IsOffice) throw new Forbidden();
    }

    /// <summary>Seasons with groups, fees and papers, rounds of leaving: the management changes them.</summary>
    public static void DemandSeasons(this Actor actor) => actor.DemandManagement();

    /// <summary>The desk gives beds and keys and checks in and out: who may move residents.</summary>
    public static bool MayCheckIn(this Actor actor) => actor.Is(Role.Administrator) || actor.Is(Role.Dispatcher);

    /// <exception cref="Forbidden">Anyone else, the system included.</exception>
    public static void DemandCheckingIn(this Actor actor)
    {
        if (!actor.MayCheckIn()) throw new Forbidden();
    }

    /// <summary>A resident's own steps and requests.</summary>
    public static void DemandOwnOnboarding(this Actor actor)
    {
        if (!actor.Is(Role.Resident)) throw new Forbidden();
    }
}

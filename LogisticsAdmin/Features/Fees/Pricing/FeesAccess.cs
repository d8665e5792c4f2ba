using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// Who may do what with fees. Administrators publish rates; the office reads rates, meters, accounts, bills and payments; technicians take readings;
/// residents see only what is theirs.
/// </summary>
public static class FeesAccess
{
    /// <exception cref="NotFound">Anyone outside the office.</exception>
    public static void DemandFees(this Actor actor)
    {
        if (!actor.IsOffice) throw new NotFound();
    }

    /// <exception cref="Forbidden">Anyone but administrators.</exception>
    public static void DemandPublishRates(this Actor actor)
    {
        if (!actor.Is(Role.Administrator)) throw new Forbidden();
    }

    /// <summary>Managers and administrators bill, refund and propose.</summary>
    /// <exception cref="Forbidden">Anyone else.</exception>
    public static void DemandBilling(this Actor actor) => actor.DemandManagement();

    /// <summary>The office and technicians take readings.</summary>
    /// <exception cref="Forbidden">Residents.</exception>
    public static void DemandReadings(this Actor actor) => actor.DemandStaff();

    /// <summary>Whether two people may publish what begins in the past: neither alone, one a manager and the other an administrator.</summary>
    public static bool AreTwo(Actor second, long firstId, IReadOnlyCollection<Role> firstRoles) =>
        second.PersonId is { } me && me != firstId
        && ((second.Is(Role.Administrator) && firstRoles.Contains(Role.Manager)) || (second.Is(Role.Manager) && firstRoles.Contains(Role.Administrator)));
}

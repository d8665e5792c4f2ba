using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports;

/// <summary>
/// Managers and administrators read and write reports; to others they do not exist. The office sees the dashboard, dispatchers without the
/// scores of single people.
/// </summary>
public static class ReportsAccess
{
    public static bool MayReadReports(this Actor actor) => actor.IsSystem || actor.IsManagement;

    public static bool MaySeeDashboard(this Actor actor) => actor.IsOffice;

    public static bool MaySeePeoplesScores(this Actor actor) => actor.IsManagement;

    /// <exception cref="NotFound">Anyone else: that a report exists is none of their business.</exception>
    public static void DemandReports(this Actor actor)
    {
        if (!actor.MayReadReports()) throw new NotFound();
    }

    /// <exception cref="NotFound">Anyone outside the office.</exception>
    public static void DemandDashboard(this Actor actor)
    {
        if (!actor.MaySeeDashboard()) throw new NotFound();
    }
}

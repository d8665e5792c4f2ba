using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Audit;

/// <summary>Only administrators read the audit log.</summary>
public static class AuditAccess
{
    public static bool MayReadAudit(this Actor actor) => actor.IsSystem || actor.Is(Role.Administrator);

    public static void DemandAudit(this Actor actor)
    {
        if (!actor.MayReadAudit()) throw new Forbidden();
    }
}

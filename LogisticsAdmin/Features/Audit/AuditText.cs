namespace LogisticsAdmin.Features.Audit;

/// <summary>Words of the audit log, and of fields that many entities have. Other entities and fields are named by their slices.</summary>
public sealed class AuditText;

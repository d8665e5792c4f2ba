namespace LogisticsAdmin.Features.Audit;

/// <summary>Words of the audit log, among them what every audited thing and field is called.</summary>
public sealed class AuditText;

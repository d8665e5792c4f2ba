namespace LogisticsAdmin.Shared;

/// <summary>Keeps a field out of the audit trail because its value is a secret or mere bookkeeping.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

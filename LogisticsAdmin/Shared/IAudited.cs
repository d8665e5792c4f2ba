namespace LogisticsAdmin.Shared;

/// <summary>Marks an entity whose changed fields are written to the audit trail.</summary>
public interface IAudited;

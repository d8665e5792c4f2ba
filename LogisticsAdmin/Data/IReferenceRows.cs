namespace LogisticsAdmin.Data;

/// <summary>Rows that a slice needs before anybody can work: loaded at each start in registration order, adding only missing ones.</summary>
public interface IReferenceRows
{
    Task LoadAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Example rows; never loaded into an installation that is being set up for real work.</summary>
    bool IsDemo => false;
}

namespace LogisticsAdmin.Data;

/// <summary>Rows a slice needs before anybody works: loaded at each start in registration order, adding only what is missing.</summary>
public interface IReferenceRows
{
    Task LoadAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Example rows; never loaded into an installation that is being set up for real work.</summary>
    bool IsDemo => false;
}

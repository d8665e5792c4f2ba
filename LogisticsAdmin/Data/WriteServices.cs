using LogisticsAdmin.Live;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Data;

/// <summary>What a <see cref="LogisticsDb"/> needs besides its options.</summary>
public sealed record WriteServices(
    WriteGate Gate, IChangeFeed Feed, IEnumerable<IRowSource> Rows, IEnumerable<ISaveStep> Steps, SessionStamps Stamps, CurrentUser User,
    TimeProvider Clock, IDatabaseEngine Engine, TableVersions Versions, ILogger<LogisticsDb> Log);

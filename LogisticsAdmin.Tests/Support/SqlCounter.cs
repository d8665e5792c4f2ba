using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Counts the queries that EF Core sends, and keeps their text.</summary>
internal sealed class SqlCounter : DbCommandInterceptor
{
    private readonly List<string> _sent = [];

    public int Count => _sent.Count;

    public IEnumerable<string> Since(int count) => _sent.Skip(count);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        lock (_sent) _sent.Add(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}

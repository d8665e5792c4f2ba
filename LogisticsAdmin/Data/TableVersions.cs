using System.Collections.Concurrent;

namespace LogisticsAdmin.Data;

/// <summary>
/// Numbers that rise with each committed write of certain rows, so that what was read of them can be kept until one changes. Every write passes
/// <see cref="LogisticsDb.WriteAsync{T}"/>, which raises them after the commit and before it returns: no slice has to announce anything for it. Many ids
/// share a number; then one is read again without need.
/// </summary>
public sealed class TableVersions
{
    private const int Numbers = 4_096;

    private readonly ConcurrentDictionary<Type, Table> _tables = [];

    /// <summary>To be asked before the rows are read: the same number later means that what was read is still true.</summary>
    public long Of(RowsRead rows)
    {
        var table = _tables.GetOrAdd(rows.Entity, static _ => new Table());
        return rows.Id is { } id ? Volatile.Read(ref table.Unknown) + Volatile.Read(ref table.ById[Place(id)]) : Volatile.Read(ref table.Any);
    }

    /// <summary>
    /// Entities that nobody has asked about yet need no number: who asks for the first time does so before reading, and then reads what is committed here.
    /// </summary>
    internal void Raise(TouchedRows touched)
    {
        foreach (var (entity, ids) in touched.Entities)
        {
            if (!_tables.TryGetValue(entity, out var table)) continue;
            Interlocked.Increment(ref table.Any);
            if (ids is null)
            {
                Interlocked.Increment(ref table.Unknown);
                continue;
            }
            foreach (var id in ids) Interlocked.Increment(ref table.ById[Place(id)]);
        }
    }

    private static int Place(long id) => (int)((ulong)id % Numbers);

    private sealed class Table
    {
        /// <summary>Raised with each write, and with those of which the ids are not known.</summary>
        public long Any, Unknown;

        public readonly long[] ById = new long[Numbers];
    }
}

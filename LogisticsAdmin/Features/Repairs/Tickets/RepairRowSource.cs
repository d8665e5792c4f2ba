using System.Linq.Expressions;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Reads the row of a changed ticket once for all open pages.</summary>
internal sealed class RepairRowSource : RowSource<RepairTicket, RepairRow>
{
    // Runs twice per verb inside the write gate; without compilation, building and hashing the query would take longer than running it.
    private static readonly Func<DbContext, long, CancellationToken, Task<RepairRow?>> ById = EF.CompileAsyncQuery(OneById());

    public override IReadOnlyList<Type> ShowsNamesOf { get; } = [typeof(Building), typeof(Room), typeof(Category), typeof(Crew)];

    protected override Task<RepairRow?> ReadAsync(DbContext db, long id, CancellationToken ct) => ById(db, id, ct);

    protected override RepairRow? RowAfterSave(RepairRow before, RepairTicket saved) => before.AfterSave(saved);

    private static Expression<Func<DbContext, long, CancellationToken, RepairRow?>> OneById()
    {
        Expression<Func<DbContext, long, CancellationToken, IQueryable<RepairTicket>>> one = (db, id, ct) =>
            db.Set<RepairTicket>().AsNoTracking().Where(t => t.Id == id);
        var rows = ReplacingExpressionVisitor.Replace(RepairRow.Query.Parameters, [one.Parameters[0], one.Body], RepairRow.Query.Body);
        var first = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(RepairRow)], rows);
        return Expression.Lambda<Func<DbContext, long, CancellationToken, RepairRow?>>(first, one.Parameters);
    }
}

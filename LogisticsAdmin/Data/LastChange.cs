using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

public static class LastChange
{
    extension(LogisticsDb db)
    {
        /// <summary>Who changed this row last, as far as the audit trail knows; null when only the app itself did.</summary>
        public Task<string?> LastChangedByAsync<T>(long id, CancellationToken ct) where T : class
        {
            var entity = typeof(T).Name;
            return (
                from entry in db.Audit
                where entry.Entity == entity && entry.EntityId == id
                orderby entry.Id descending
                join person in db.Users on entry.ActorId equals person.Id
                select person.FullName).FirstOrDefaultAsync(ct);
        }
    }
}

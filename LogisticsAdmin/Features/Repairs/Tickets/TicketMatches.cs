using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Finds tickets by typed words. Complete: nothing is left out, however many match.</summary>
internal static class TicketMatches
{
    // Beyond this many words, the others are only looked for in the tickets themselves.
    private const int MaxReporterWords = 6;

    extension(LogisticsDb db)
    {
        /// <summary>
        /// The ids of the tickets in which every word is found: in the ticket's own text, or in what its reporter is found by. Without a
        /// searchable word there are none.
        /// </summary>
        public async Task<IQueryable<long>> MatchingTicketsAsync(string typed, CancellationToken ct)
        {
            var words = SearchIndex.Words(typed);
            List<string> ofReporters = [];
            foreach (var word in words.Take(MaxReporterWords))
                if (await db.SearchIds<Person>(word, newest: 1).AnyAsync(ct)) ofReporters.Add(word);
            var others = words.Except(ofReporters).ToList();
            IQueryable<long>? found = others.Count > 0 || words.Count == 0 ? db.SearchIds<RepairTicket>(string.Join(' ', others)) : null;
            foreach (var word in ofReporters)
            {
                var reporters = db.SearchIds<Person>(word);
                var one = db.SearchIds<RepairTicket>(word)
                    .Union(db.RepairTickets.Where(t => t.ReporterId != null && reporters.Contains(t.ReporterId.Value)).Select(t => t.Id));
                found = found?.Intersect(one) ?? one;
            }
            return found!;
        }
    }
}

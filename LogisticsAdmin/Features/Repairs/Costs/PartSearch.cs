using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Costs;

internal static class PartSearch
{
    /// <summary>Parts whose code or name, in either language, holds every word typed.</summary>
    public static IQueryable<Part> Named(this IQueryable<Part> parts, string? typed)
    {
        foreach (var word in CleanText.Code(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{word.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
            parts = parts.Where(p => EF.Functions.Like(p.Code, pattern, @"\") || EF.Functions.Like(p.Name, pattern, @"\") || EF.Functions.Like(p.NameEn, pattern, @"\"));
        }
        return parts;
    }
}

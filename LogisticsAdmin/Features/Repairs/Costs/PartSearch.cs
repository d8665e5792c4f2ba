using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Costs;

internal static class PartSearch
{
    /// <summary>Whether each typed word occurs in the code, or in the name in either language or as pinyin.</summary>
    public static bool IsNamed(this PartChoice part, string? typed)
    {
        var (full, initials) = Pinyin.OfWords(part.Name.Zh);
        string[] names = [part.Code, part.Name.Zh, part.Name.En, full, initials];
        return SearchWords.Of(typed).All(word => names.Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Parts for which each typed word occurs in the code or in the name, in either language.</summary>
    public static IQueryable<Part> Named(this IQueryable<Part> parts, string? typed)
    {
        foreach (var word in SearchWords.Of(typed))
        {
            var pattern = LikePattern.Containing(word);
            parts = parts.Where(p => EF.Functions.Like(p.Code, pattern, LikePattern.Escape)
                || EF.Functions.Like(p.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(p.NameEn, pattern, LikePattern.Escape));
        }
        return parts;
    }
}

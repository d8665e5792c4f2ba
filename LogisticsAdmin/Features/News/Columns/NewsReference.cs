using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Columns and templates of seeds/news.json. Loaded only once, so that the office's changes are kept.</summary>
internal sealed class NewsReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.NewsColumns.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<SeedFile>("news.json", ct);
        await db.WriteAsync(async token =>
        {
            var order = 0;
            foreach (var row in file.Columns)
            {
                var column = new NewsColumn(row.Code, row.Kind);
                column.Describe(row.Name, row.NameEn, order += 10, row.NeedsReview);
                db.NewsColumns.Add(column);
            }
            await db.SaveChangesAsync(token);
            var columns = await db.NewsColumns.ToDictionaryAsync(c => c.Code, c => c.Id, token);
            foreach (var row in file.Templates)
            {
                var template = new NewsTemplate(row.Code);
                template.Describe(
                    new LocalName(row.Name, row.NameEn), columns[row.Column], new LocalName(row.Title, row.TitleEn),
                    new LocalName(string.Join('\n', row.Body), string.Join('\n', row.BodyEn)));
                template.Prepare(row.Outage, row.IsUrgent, row.NeedsConfirmation);
                db.NewsTemplates.Add(template);
            }
        }, ct);
    }

    private sealed record SeedFile(IReadOnlyList<ColumnRow> Columns, IReadOnlyList<TemplateRow> Templates);

    private sealed record ColumnRow(string Code, NewsKind Kind, string Name, string NameEn, bool NeedsReview);

    private sealed record TemplateRow(
        string Code, string Column, string Name, string NameEn, string Title, string TitleEn, IReadOnlyList<string> Body,
        IReadOnlyList<string> BodyEn, OutageKind? Outage,
        bool IsUrgent, bool NeedsConfirmation);
}

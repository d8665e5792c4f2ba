using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>The columns of the exports of the list and of an audience.</summary>
internal static class NewsExport
{
    public static IReadOnlyList<ExportColumn<NewsRow>> Columns(IStringLocalizer words, IStringLocalizer states) =>
    [
        new(words["Column.Number"], n => n.Number),
        new(words["Field.Title"], n => n.Title),
        new(words["Field.TitleEn"], n => n.TitleEn),
        new(words["Column.Kind"], n => states[$"NewsKind.{n.Kind}"].Value),
        new(words["Field.Column"], n => n.Column.ToString()),
        new(words["Column.Audience"], n => n.AudienceWords),
        new(words["Column.State"], n => states[$"NewsState.{n.State}"].Value),
        new(words["Column.Author"], n => n.Author),
        new(words["Column.Publish"], n => n.Publishes, ColumnFormat.Moment),
        new(words["Column.Expiry"], n => n.ExpiresAt, ColumnFormat.Moment),
        new(words["Column.Told"], n => n.Told, ColumnFormat.Whole),
        new(words["Column.Read"], n => n.Read, ColumnFormat.Whole),
        new(words["Column.Confirmed"], n => n.Confirmed, ColumnFormat.Whole),
    ];

    public static IReadOnlyList<ExportColumn<AudiencePerson>> People(IStringLocalizer words) =>
    [
        new(words["Column.PersonNumber"], p => p.Number),
        new(words["Column.Person"], p => p.Name),
        new(words["AudienceField.Class"], p => p.ClassName),
        new(words["AudienceField.Building"], p => p.Building?.ToString()),
        new(words["AudienceField.Room"], p => p.Room?.ToString()),
    ];
}

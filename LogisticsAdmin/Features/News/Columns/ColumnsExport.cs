using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>The columns of the lists as files.</summary>
internal static class ColumnsExport
{
    public static IReadOnlyList<ExportColumn<ColumnRow>> Columns(IStringLocalizer words, IStringLocalizer<NewsText> newsWords) =>
    [
        new(words["Field.Code"], c => c.Code),
        new(words["Field.Kind"], c => newsWords[$"NewsKind.{c.Kind}"].Value),
        new(words["Field.Name"], c => c.Name.Zh),
        new(words["Field.NameEn"], c => c.Name.En),
        new(words["Field.NeedsReview"], c => YesNo(words, c.NeedsReview)),
        new(words["Released"], c => c.Released),
        new(words["Open"], c => c.Open),
        new(words["State"], c => State(words, c.RetiredAt)),
    ];

    public static IReadOnlyList<ExportColumn<TemplateRow>> Templates(IStringLocalizer words, IStringLocalizer<NewsText> newsWords) =>
    [
        new(words["Field.Code"], t => t.Code),
        new(words["Field.Name"], t => t.Name.Zh),
        new(words["Field.NameEn"], t => t.Name.En),
        new(words["Field.ColumnId"], t => t.Column.ToString()),
        new(words["Field.Outage"], t => t.Outage is { } outage ? newsWords[$"OutageKind.{outage}"].Value : null),
        new(words["Field.IsUrgent"], t => YesNo(words, t.IsUrgent)),
        new(words["Field.NeedsConfirmation"], t => YesNo(words, t.NeedsConfirmation)),
        new(words["Field.Title"], t => t.Title),
        new(words["Field.TitleEn"], t => t.TitleEn),
        new(words["Field.Body"], t => t.Body),
        new(words["Field.BodyEn"], t => t.BodyEn),
        new(words["State"], t => State(words, t.RetiredAt)),
    ];

    public static IReadOnlyList<ExportColumn<GroupRow>> Groups(IStringLocalizer words) =>
    [
        new(words["Field.Name"], g => g.Name.Zh),
        new(words["Field.NameEn"], g => g.Name.En),
        new(words["Addressed"], g => g.Addressed),
        new(words["UsedBy"], g => g.UsedBy),
        new(words["State"], g => State(words, g.RetiredAt)),
    ];

    public static IReadOnlyList<ExportColumn<PublisherRow>> Publishers(IStringLocalizer words) =>
    [
        new(words["Field.PersonId"], p => p.FullName),
        new(words["HasEffect"], p => YesNo(words, p.HasEffect)),
        new(words["GrantedBy"], p => p.GrantedBy),
        new(words["GrantedAt"], p => p.GrantedAt, ColumnFormat.Moment),
    ];

    private static string YesNo(IStringLocalizer words, bool value) => words[value ? "Yes" : "No"];

    private static string State(IStringLocalizer words, DateTimeOffset? retiredAt) => words[retiredAt is null ? "InUse" : "Retired"];
}

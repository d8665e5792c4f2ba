using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Replies;

/// <summary>The canned replies that the reader may use, as a table to download.</summary>
internal static class ReplyExport
{
    public static IReadOnlyList<ExportColumn<ReplyRow>> Columns(IStringLocalizer words, IMacroActions actions) =>
    [
        new(words["Field.Name"], r => r.Name),
        new(words["Field.NameEn"], r => r.NameEn),
        new(words["Column.Scope"], r => words[r.IsShared ? "Shared" : "Personal"].Value),
        new(words["Field.Shortcut"], r => r.Shortcut),
        new(words["Field.Text"], r => r.Text),
        new(words["Field.TextEn"], r => r.TextEn),
        new(words["Column.Internal"], r => r.Internal ? words["Yes"].Value : null),
        new(words["Field.Verb"], r => r.Action is { } action ? actions.NameOf(action) : null),
    ];
}

using LogisticsAdmin.Features.Outbox.Robots;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>The columns of the exports.</summary>
internal static class OutboxExport
{
    public static IReadOnlyList<ExportColumn<OutboxRow>> Letters(IStringLocalizer words) =>
    [
        new(words["Column.EndedAt"], m => m.EndedAt, ColumnFormat.Moment),
        new(words["Column.Channel"], m => words[$"Channel.{m.Channel}"].Value),
        new(words["Column.Recipient"], m => m.Recipient),
        new(words["Column.Kind"], m => m.Kind?.ToString()),
        new(words["Column.Subject"], m => m.Subject),
        new(words["Column.About"], m => m.About),
        new(words["Column.At"], m => m.At, ColumnFormat.Moment),
        new(words["Column.Reason"], m => m.Reason is { } reason ? words[$"OutboxReason.{reason}"].Value : null),
        new(words["Column.Attempts"], m => m.Attempts, ColumnFormat.Whole),
        new(words["Column.LastError"], m => m.LastError),
        new(words["Column.MessageId"], m => m.MessageId),
    ];

    /// <summary>Without addresses and secrets.</summary>
    public static IReadOnlyList<ExportColumn<RobotRow>> Robots(IStringLocalizer words) =>
    [
        new(words["Field.Name"], r => r.Name),
        new(words["Field.Provider"], r => words[$"RobotProvider.{r.Provider}"].Value),
        new(words["Robots.Host"], r => r.Host),
        new(words["Robots.Language"], r => words[r.Language == Languages.English ? "Language.English" : "Language.Chinese"].Value),
        new(words["Field.ForEmergencies"], r => YesOrNo(words, r.ForEmergencies)),
        new(words["Field.ForOverdue"], r => YesOrNo(words, r.ForOverdue)),
        new(words["Field.ForUrgentNotices"], r => YesOrNo(words, r.ForUrgentNotices)),
        new(words["Robots.LastSentAt"], r => r.LastSentAt, ColumnFormat.Moment),
        new(words["Robots.State"], r => words[$"RobotState.{r.State}"].Value),
    ];

    private static string YesOrNo(IStringLocalizer words, bool value) => words[value ? "Yes" : "No"];
}

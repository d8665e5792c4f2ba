using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>The list of cases as a file. An anonymous case has no reporter in it.</summary>
internal static class VoiceExport
{
    /// <summary>The list as a file, filtered and sorted by the same query string as its page.</summary>
    public static void MapVoiceExport(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("voice-cases").MapGet("", CasesAsync);

    /// <summary>All columns or, with <paramref name="chosen"/>, only those that the user's desk shows.</summary>
    public static IReadOnlyList<ExportColumn<VoiceRow>> Columns(IStringLocalizer words, VoiceRowFact? chosen = null)
    {
        return [.. All().Where(c => chosen is not { } facts || c.Always || (c.Fact is { } fact && (facts & fact) != 0)).Select(c => c.Column)];

        IEnumerable<(ExportColumn<VoiceRow> Column, VoiceRowFact? Fact, bool Always)> All() =>
        [
            Fact("Number", r => r.Number, VoiceRowFact.Number),
            Fact("Kind", r => words[$"VoiceKind.{r.Kind}"].Value, VoiceRowFact.Kind),
            Always("State", r => words[$"VoiceState.{r.State}"].Value),
            Always("Text", r => r.Text),
            Fact("Reporter", r => r.IsAnonymous ? words["Anonymous"].Value : r.Reporter, VoiceRowFact.Reporter),
            Fact("CentreId", r => r.Centre?.ToString(), VoiceRowFact.Unit),
            Fact("CrewId", r => r.Crew?.ToString(), VoiceRowFact.Unit),
            Fact("Place", r => $"{r.Building} {r.Room}".Trim(), VoiceRowFact.Place),
            Fact("Owner", r => r.Owner, VoiceRowFact.Owner),
            Fact("SubmittedAt", r => r.SubmittedAt, VoiceRowFact.Submitted, ColumnFormat.Moment),
            Other("FirstAnsweredAt", r => r.FirstAnsweredAt, ColumnFormat.Moment),
            Always("DueAt", r => r.DueAt, ColumnFormat.Moment),
            Other("SettledAt", r => r.SettledAt, ColumnFormat.Moment),
            Other("EndedAt", r => r.EndedAt, ColumnFormat.Moment),
            Other("Solved", r => r.IsSolved is { } solved ? words[solved ? "Yes" : "No"].Value : null),
            Other("Satisfaction", r => r.Satisfaction is { } given ? words[$"Satisfaction.{given}"].Value : null),
        ];

        ExportColumn<VoiceRow> Column(string name, Func<VoiceRow, object?> value, ColumnFormat format) => new(words[$"Field.{name}"], value, format);

        (ExportColumn<VoiceRow>, VoiceRowFact?, bool) Always(string name, Func<VoiceRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(name, value, format), null, true);

        (ExportColumn<VoiceRow>, VoiceRowFact?, bool) Fact(
            string name, Func<VoiceRow, object?> value, VoiceRowFact fact, ColumnFormat format = ColumnFormat.Text) =>
            (Column(name, value, format), fact, false);

        (ExportColumn<VoiceRow>, VoiceRowFact?, bool) Other(string name, Func<VoiceRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(name, value, format), null, false);
    }

    private static async Task<ExportFile<VoiceRow>> CasesAsync(
        string? columns, HttpRequest request, VoiceQueries cases, VoiceDeskSettingsService settings, IStringLocalizer<VoiceText> words, CancellationToken ct)
    {
        var filter = VoiceFilter.Read(request.QueryString.ToString());
        VoiceRowFact? chosen = columns == VoiceFilter.Chosen ? (await settings.MineAsync(ct)).Facts : null;
        return new ExportFile<VoiceRow>(words["Desk.Title"], Columns(words, chosen), token => cases.ExportAsync(filter, token));
    }
}

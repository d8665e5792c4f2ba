using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>The columns of the export of all versions.</summary>
internal static class RateExport
{
    public static IReadOnlyList<ExportColumn<RateExportRow>> Columns(IStringLocalizer<RatesText> words, RateArithmetic arithmetic) =>
    [
        new(words["Field.KindId"], r => r.Kind.ToString()),
        new(words["Unit"], r => r.Unit.ToString()),
        new(words["Scope"], r => r.Rate.ScopeName.ToString()),
        new(words["Field.FirstDay"], r => r.Rate.FirstDay, ColumnFormat.Day),
        new(words["Price"], r => string.Join("; ", arithmetic.Steps(r.Rate.Rule))),
        new(words["Quota"], r => arithmetic.Quota(r.Rate.Rule, r.Unit)),
        new(words["State"], r => words[$"RateState.{r.Rate.State}"].Value),
        new(words["Field.Reason"], r => r.Rate.Reason),
        new(words["Field.DocumentNumber"], r => r.Rate.DocumentNumber),
        new(words["PublishedBy"], r => r.Rate.Acts.PublishedBy),
        new(words["ApprovedBy"], r => r.Rate.Acts.ApprovedBy),
        new(words["PublishedAt"], r => r.Rate.Acts.PublishedAt, ColumnFormat.Moment),
        new(words["SupersededBy"], r => r.Rate.Acts.SupersededBy),
        new(words["SupersededAt"], r => r.Rate.Acts.SupersededAt, ColumnFormat.Moment),
        new(words["WithdrawnBy"], r => r.Rate.Acts.WithdrawnBy),
        new(words["WithdrawnAt"], r => r.Rate.Acts.WithdrawnAt, ColumnFormat.Moment),
        new(words["WithdrawnBecause"], r => r.Rate.Acts.WithdrawnBecause),
    ];
}
